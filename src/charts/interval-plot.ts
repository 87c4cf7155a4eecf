import type { TopLevelSpec } from 'vega-lite';
import type { Acceleration, CellSummary, ReportInput } from '../types.ts';
import { accelerationLabel, accelerationOrder, CellNamer, compareCells } from './cell-names.ts';
import type { Chart, ChartTable, DrawnChart } from './chart.ts';
import { accelerationColor, accelerationShape, plotFrame, scaleFromZero } from './encodings.ts';
import {
  isFigureOf,
  publishedColumn,
  publishedEntry,
  type PublishedFigure,
  publishedFigures,
  publishedText,
  sourceSentence,
} from './published.ts';
import { type QuantityUnit, estimateText, intervalText, quantityText } from './number-text.ts';

interface IntervalPlot {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly caption: string;
  /** The key of the estimate in a cell's metrics. */
  readonly metric: string;
  readonly unit: QuantityUnit;
  readonly axisTitle: string;
  /** A d3 format. */
  readonly axisFormat: string;
  /** Which cells the quantity may be read in; the others are left out. */
  readonly shows: (cell: CellSummary) => boolean;
}

/** A chart of one metric: a row per language and backend, a point with its interval per acceleration. */
export function intervalPlot(plot: IntervalPlot): Chart {
  return {
    name: plot.name,
    title: plot.title,
    question: plot.question,
    draw(input: ReportInput): DrawnChart | null {
      const cells = input.summary.cells
        .filter((cell) => plot.shows(cell) && (cell.metrics[plot.metric]?.value ?? null) !== null)
        .toSorted((left, right) => compareCells(left.cell, right.cell));
      if (cells.length === 0) return null;
      const namer = new CellNamer(input.summary.cells.map(({ cell }) => cell));
      const published = publishedFigures(input.run, cells, plot.metric);
      return {
        caption: plot.caption + sourceSentence('Upright bars', published),
        panels: [
          { title: null, description: describe(plot, cells, namer), spec: specify(plot, cells, namer, published) },
        ],
        table: tabulate(plot, cells, namer, published),
      };
    },
  };
}

function specify(
  plot: IntervalPlot,
  cells: readonly CellSummary[],
  namer: CellNamer,
  published: readonly PublishedFigure[],
): TopLevelSpec {
  const values = cells.map((summary) => {
    const estimate = summary.metrics[plot.metric]!;
    return {
      row: namer.series(summary.cell),
      acceleration: accelerationLabel(summary.cell.acceleration),
      value: estimate.value,
      low: estimate.interval?.low ?? null,
      high: estimate.interval?.high ?? null,
      text: [
        namer.cell(summary.cell),
        `${plot.axisTitle}: ${estimateText(estimate, plot.unit)}`,
        `n = ${estimate.n}`,
        ...(estimate.note === null ? [] : [estimate.note]),
      ].join('\n'),
    };
  });
  const present = accelerationsOf(cells);
  const row = {
    field: 'row',
    type: 'nominal',
    sort: [...new Set(values.map(({ row: name }) => name))],
    axis: { title: null, labelLimit: 180, labelPadding: 8, grid: false, ticks: false, domain: false },
  } as const;
  const rowOffset = { field: 'acceleration', sort: present.map(accelerationLabel) } as const;
  const color = accelerationColor(present);
  // A figure without an acceleration stands in the row of each.
  const references = cells.flatMap(({ cell }) =>
    published
      .filter((figure) => isFigureOf(figure, cell))
      .map((figure) => ({
        row: namer.series(cell),
        acceleration: accelerationLabel(cell.acceleration),
        value: figure.value,
        text: publishedText(figure),
      })),
  );
  return {
    ...plotFrame,
    data: { values },
    // A number, because the compiler warns about fitting a width beside a height in steps.
    height: 14 * (present.length + 1) * new Set(values.map(({ row: name }) => name)).size,
    encoding: { y: row, yOffset: rowOffset },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.low) && isValid(datum.high)' }],
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.75, aria: false },
        encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1, aria: false },
        encoding: {
          x: {
            field: 'value',
            type: 'quantitative',
            scale: scaleFromZero(values.flatMap(({ value, high }) => [value ?? 0, high ?? 0])),
            axis: { title: plot.axisTitle, format: plot.axisFormat, tickCount: 6 },
          },
          color,
          shape: { ...accelerationShape, legend: color.legend },
          tooltip: { field: 'text' },
        },
      },
      ...(references.length === 0
        ? []
        : [
            {
              data: { values: references },
              mark: {
                type: 'tick',
                style: 'published',
                thickness: 2,
                size: 13,
                orient: 'vertical',
                aria: false,
              } as const,
              encoding: {
                x: { field: 'value', type: 'quantitative' },
                tooltip: { field: 'text' },
              } as const,
            },
          ]),
    ],
  };
}

function tabulate(
  plot: IntervalPlot,
  cells: readonly CellSummary[],
  namer: CellNamer,
  published: readonly PublishedFigure[],
): ChartTable {
  return {
    columns: ['Cell', plot.axisTitle, 'Interval', 'n', ...(published.length === 0 ? [] : [publishedColumn])],
    rows: cells.map((summary) => {
      const estimate = summary.metrics[plot.metric]!;
      return [
        namer.cell(summary.cell),
        quantityText(estimate.value, plot.unit),
        intervalText(estimate, plot.unit) ?? '–',
        String(estimate.n),
        ...(published.length === 0 ? [] : [publishedEntry(published, summary.cell)]),
      ];
    }),
  };
}

function describe(plot: IntervalPlot, cells: readonly CellSummary[], namer: CellNamer): string {
  const ordered = cells.toSorted((left, right) => valueOf(plot, left) - valueOf(plot, right));
  const lowest = ordered[0]!;
  const highest = ordered.at(-1)!;
  const extremes = [lowest, highest].map(
    ({ cell, metrics }) => `${namer.cell(cell)} with ${estimateText(metrics[plot.metric], plot.unit)}`,
  );
  return `${plot.title}: ${cells.length} points with intervals. Lowest: ${extremes[0]!}. Highest: ${extremes[1]!}.`;
}

function valueOf(plot: IntervalPlot, cell: CellSummary): number {
  return cell.metrics[plot.metric]!.value!;
}

/** The settings that occur among some cells, from the longest chunk to the shortest. */
export function accelerationsOf(cells: readonly CellSummary[]): readonly Acceleration[] {
  return accelerationOrder.filter((acceleration) => cells.some(({ cell }) => cell.acceleration === acceleration));
}
