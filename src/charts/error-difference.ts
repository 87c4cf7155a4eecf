import type { TopLevelSpec } from 'vega-lite';
import type { Comparison } from '../stats/comparison.ts';
import { accelerationLabel, accelerationOrder, CellNamer, compareCells } from './cell-names.ts';
import type { Chart, ChartPanel, DrawnChart } from './chart.ts';
import { accelerationColor, accelerationShape, plotFrame } from './encodings.ts';
import { groupBy } from './group-by.ts';
import { pointsText } from './number-text.ts';

/** Paired differences of error rates, one point per comparison that has an interval. */
export function errorDifference(comparisons: readonly Comparison[]): Chart {
  return {
    name: 'error-difference',
    title: 'Difference of error rates on the same utterances',
    question: 'Which setting is worse than its baseline, and by how much?',
    draw(): DrawnChart | null {
      const known = comparisons
        .filter(({ difference }) => difference !== null)
        .toSorted((left, right) => compareCells(left.candidate, right.candidate));
      if (known.length === 0) return null;
      const namer = new CellNamer(known.flatMap(({ baseline, candidate }) => [baseline, candidate]));
      const metrics = groupBy(known, ({ metric }) => metric);
      return {
        caption:
          'Error rate of a setting minus that of its baseline, over the utterances that both answered; lines are 95% ' +
          'intervals. Right of the line at 0 is worse. Within the band a difference is too small to matter.',
        panels: [...metrics].map(([metric, group]) => panel(metric, group, namer, metrics.size > 1)),
        table: {
          columns: ['Cell', 'Baseline', 'Difference', '95% interval', 'Pairs'],
          rows: known.map(({ candidate, baseline, difference, pairs }) => [
            namer.cell(candidate),
            namer.cell(baseline),
            pointsText(difference!.value),
            `${pointsText(difference!.interval95.low)} to ${pointsText(difference!.interval95.high)}`,
            String(pairs),
          ]),
        },
      };
    },
  };
}

function panel(
  metric: string,
  comparisons: readonly Comparison[],
  namer: CellNamer,
  isOneOfSeveral: boolean,
): ChartPanel {
  const title = metric === 'cer' ? 'Character error rate' : 'Word error rate';
  const apart = comparisons.filter(
    ({ difference }) => difference!.interval95.low > 0 || difference!.interval95.high < 0,
  );
  return {
    title: isOneOfSeveral ? title : null,
    description:
      `${title}, difference to the baseline: ${comparisons.length} comparisons, in ${apart.length} of which the interval ` +
      `leaves out 0${apart.length === 0 ? '' : `: ${apart.map(({ candidate }) => namer.cell(candidate)).join(', ')}`}.`,
    spec: specify(title, comparisons, namer),
  };
}

function specify(title: string, comparisons: readonly Comparison[], namer: CellNamer): TopLevelSpec {
  const values = comparisons.map(({ candidate, baseline, difference, pairs }) => ({
    row: namer.series(candidate),
    acceleration: accelerationLabel(candidate.acceleration),
    value: difference!.value * 100,
    low: difference!.interval95.low * 100,
    high: difference!.interval95.high * 100,
    text: [
      `${namer.cell(candidate)} against ${namer.cell(baseline)}`,
      `${pointsText(difference!.value)} (${pointsText(difference!.interval95.low)} to ${pointsText(difference!.interval95.high)})`,
      `${pairs} pairs`,
    ].join('\n'),
  }));
  const rows = [...new Set(values.map(({ row }) => row))];
  const present = accelerationOrder.filter((one) =>
    comparisons.some(({ candidate }) => candidate.acceleration === one),
  );
  const color = accelerationColor(present);
  const bands = marginBands(comparisons, namer);
  const x = { field: 'value', type: 'quantitative', axis: { title: `${title}, points`, tickCount: 6 } } as const;
  const marks = {
    y: {
      field: 'row',
      type: 'nominal',
      sort: rows,
      axis: { title: null, labelLimit: 180, labelPadding: 8, grid: false, ticks: false, domain: false },
    },
    yOffset: { field: 'acceleration', sort: present.map(accelerationLabel) },
    color,
  } as const;
  return {
    ...plotFrame,
    data: { values },
    height: 14 * (present.length + 1) * rows.length,
    layer: [
      {
        data: { values: bands },
        mark: { type: 'rect', style: 'band', aria: false },
        encoding: {
          ...(bands.length === 1 ? {} : { y: marks.y, yOffset: marks.yOffset }),
          ...{ x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
      },
      {
        data: { values: [{ value: 0 }] },
        mark: { type: 'rule', style: 'reference', aria: false },
        encoding: { x },
      },
      {
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.75, aria: false },
        encoding: { ...marks, x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1, aria: false },
        encoding: { ...marks, x, shape: { ...accelerationShape, legend: color.legend }, tooltip: { field: 'text' } },
      },
    ],
  };
}

/** One band behind all comparisons, or one behind each where their margins differ. */
function marginBands(comparisons: readonly Comparison[], namer: CellNamer) {
  const isShared = new Set(comparisons.map(({ margin }) => margin)).size === 1;
  return (isShared ? comparisons.slice(0, 1) : comparisons).map(({ candidate, margin }) => ({
    row: namer.series(candidate),
    acceleration: accelerationLabel(candidate.acceleration),
    low: -margin * 100,
    high: margin * 100,
  }));
}
