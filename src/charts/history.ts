import type { TopLevelSpec } from 'vega-lite';
import type { QuantityUnit } from './number-text.ts';
import { estimateText, quantityText } from './number-text.ts';
import type { DrawnChart } from './chart.ts';
import { plotFrame } from './encodings.ts';
import type { Estimate } from '../types.ts';

/** A line of a history: one metric of one cell. */
export interface HistoryLine {
  readonly name: string;
  readonly points: readonly { readonly folder: string; readonly createdAt: string; readonly estimate: Estimate }[];
  /** Folders of the runs that a change came with. */
  readonly changedIn: readonly string[];
}

/** One metric over runs: a panel per cell, points with their intervals, and a line where it changed. */
export function drawHistory(title: string, unit: QuantityUnit, lines: readonly HistoryLine[]): DrawnChart | null {
  if (lines.length === 0) return null;
  return {
    caption:
      'A point per run, oldest first; thin lines are 95% intervals. A dashed line marks a run with which the level changed.',
    panels: lines.map((line) => ({
      title: line.name,
      description: `${title} of ${line.name} over ${line.points.length} runs, ${line.changedIn.length} changes.`,
      spec: specify(title, unit, line),
    })),
    table: {
      columns: ['Run', 'Cell', title, 'Changed'],
      rows: lines.flatMap((line) =>
        line.points.map(({ folder, estimate }) => [
          folder,
          line.name,
          estimateText(estimate, unit),
          line.changedIn.includes(folder) ? 'yes' : '',
        ]),
      ),
    },
  };
}

function specify(title: string, unit: QuantityUnit, { points, changedIn }: HistoryLine): TopLevelSpec {
  const scale = unit === 'fraction' ? 100 : 1;
  const values = points.map(({ folder, createdAt, estimate }, index) => ({
    run: index + 1,
    value: estimate.value! * scale,
    low: estimate.interval === null ? null : estimate.interval.low * scale,
    high: estimate.interval === null ? null : estimate.interval.high * scale,
    isChange: changedIn.includes(folder),
    text: [`${folder}, ${createdAt.slice(0, 10)}`, `${title}: ${quantityText(estimate.value, unit)}`].join('\n'),
  }));
  const axisUnit = { fraction: '%', ms: 'ms', 'usd-per-minute': '$', ratio: null, count: null }[unit];
  const domain = [0.5, points.length + 0.5];
  const x = {
    field: 'run',
    type: 'quantitative',
    scale: { domain },
    axis: { title: 'Run', tickMinStep: 1, format: 'd', grid: false },
  } as const;
  const y = {
    type: 'quantitative',
    axis: { title: axisUnit === null ? title : `${title}, ${axisUnit}`, tickCount: 4 },
  } as const;
  return {
    ...plotFrame,
    data: { values },
    height: 140,
    layer: [
      {
        transform: [{ filter: 'datum.isChange' }],
        mark: { type: 'rule', style: 'reference', strokeDash: [4, 3], aria: false },
        encoding: { x },
      },
      {
        transform: [{ filter: 'isValid(datum.low) && isValid(datum.high)' }],
        mark: { type: 'rule', style: 'cell', opacity: 0.6, aria: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      { mark: { type: 'line', style: 'cell', aria: false }, encoding: { x, y: { ...y, field: 'value' } } },
      {
        mark: { type: 'point', style: 'cell', filled: true, size: 50, opacity: 1, aria: false },
        encoding: { x, y: { ...y, field: 'value', scale: { zero: true } }, tooltip: { field: 'text' } },
      },
    ],
  };
}
