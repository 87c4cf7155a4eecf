import type { TopLevelSpec } from 'vega-lite';
import type { CellSummary, Estimate, ReportInput } from '../types.ts';
import { accelerationLabel, CellNamer, compareCells } from './cell-names.ts';
import type { Chart, ChartPanel, DrawnChart } from './chart.ts';
import { accelerationDash, plotFrame, smallAccelerationColor } from './encodings.ts';
import { groupBy } from './group-by.ts';
import { accelerationsOf } from './interval-plot.ts';
import { estimateText, quantityText } from './number-text.ts';

interface Loaded extends CellSummary {
  readonly cell: CellSummary['cell'] & { readonly concurrency: number };
}

interface Quantity {
  readonly metric: 'latencyP50' | 'rtfxThroughput';
  readonly title: string;
  readonly axisTitle: string;
}

const quantities: readonly Quantity[] = [
  { metric: 'latencyP50', title: 'median latency', axisTitle: 'Median latency (ms)' },
  { metric: 'rtfxThroughput', title: 'throughput', axisTitle: 'Audio seconds per second' },
];

/** How waiting and throughput grow with the requests that are in flight at once. */
export const load: Chart = {
  name: 'load',
  title: 'Latency and throughput under load',
  question: 'How many requests at once pay off, and what do they cost in waiting?',
  draw({ summary }: ReportInput): DrawnChart | null {
    const cells = summary.cells.filter((one): one is Loaded => one.cell.concurrency !== undefined).toSorted(inOrder);
    if (new Set(cells.map(({ cell }) => cell.concurrency)).size < 2) return null;
    const namer = new CellNamer(cells.map(({ cell }) => ({ ...cell, concurrency: 1 })));
    const groups = groupBy(cells, ({ cell }) => namer.series({ ...cell, concurrency: 1 }));
    return {
      caption:
        'Each point is a cell with so many requests in flight, each sent when an earlier one was answered. Bars are ' +
        'intervals of the median. Where throughput stops rising, more requests only wait longer.',
      panels: [...groups].flatMap(([name, group]) => quantities.flatMap((quantity) => panel(name, quantity, group))),
      table: {
        columns: ['Setting', 'At once', 'Latency p50', 'Latency p95', 'Throughput', 'n'],
        rows: cells.map(({ cell, metrics }) => [
          namer.cell({ ...cell, concurrency: 1 }),
          String(cell.concurrency),
          estimateText(metrics['latencyP50'], 'ms'),
          estimateText(metrics['latencyP95'], 'ms'),
          quantityText(metrics['rtfxThroughput']?.value ?? null, 'ratio'),
          String(metrics['latencyP50']?.n ?? 0),
        ]),
      },
    };
  },
};

function inOrder(left: Loaded, right: Loaded): number {
  return compareCells(left.cell, right.cell);
}

function panel(name: string, { metric, title, axisTitle }: Quantity, cells: readonly Loaded[]): readonly ChartPanel[] {
  const known = cells.filter(({ metrics }) => (metrics[metric]?.value ?? null) !== null);
  if (known.length === 0) return [];
  const told = known.map(({ cell, metrics }) => {
    const unit = metric === 'latencyP50' ? 'ms' : 'ratio';
    return `${cell.acceleration}, ${cell.concurrency} at once: ${estimateText(metrics[metric], unit)}`;
  });
  return [
    {
      title: `${name}: ${title}`,
      description: `${axisTitle} by requests in flight, ${name}. ${told.join('; ')}.`,
      spec: specify(known, axisTitle, (cell) => cell.metrics[metric]!),
    },
  ];
}

function specify(cells: readonly Loaded[], axisTitle: string, estimateOf: (cell: Loaded) => Estimate): TopLevelSpec {
  const values = cells.map((one) => {
    const { value, interval } = estimateOf(one);
    return {
      acceleration: accelerationLabel(one.cell.acceleration),
      atOnce: one.cell.concurrency,
      value,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    };
  });
  const color = smallAccelerationColor(accelerationsOf(cells));
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { zero: true },
    axis: { title: axisTitle, tickCount: 5 },
  } as const;
  return {
    ...plotFrame,
    height: 200,
    data: { values },
    encoding: {
      x: {
        field: 'atOnce',
        type: 'quantitative',
        scale: { type: 'log', base: 2, nice: false, padding: 12 },
        axis: { title: 'Requests in flight', values: [...new Set(values.map(({ atOnce }) => atOnce))], format: 'd' },
      },
      color,
    },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.low) && isValid(datum.high)' }],
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.75, aria: false },
        encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'line', strokeWidth: 2, aria: false },
        encoding: { y, strokeDash: { ...accelerationDash, legend: color.legend } },
      },
      { mark: { type: 'point', filled: true, size: 50, opacity: 1, aria: false }, encoding: { y } },
    ],
  };
}
