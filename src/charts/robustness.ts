import type { TopLevelSpec } from 'vega-lite';
import type { Acceleration, ReportInput, ScoredRecord, ScoringUnit } from '../types.ts';
import { accelerationLabel, accelerationOrder } from './cell-names.ts';
import type { Chart, ChartPanel, DrawnChart } from './chart.ts';
import { accelerationDash, plotFrame, smallAccelerationColor } from './encodings.ts';
import { groupBy } from './group-by.ts';
import { quantityText } from './number-text.ts';

/** A way in which clips were made worse, told by an attribute of their rows. */
interface Harm {
  readonly title: string;
  readonly axisTitle: string;
  /** Whether steps are halvings rather than differences. */
  readonly halves?: boolean;
  /** How much, `null` for a clip that it was not done to. */
  readonly stepOf: (attributes: ScoredRecord['attributes']) => number | null;
}

const numberOrNull = (value: unknown) => (typeof value === 'number' ? value : null);
const isClean = ({ probe }: ScoredRecord['attributes']) => probe === 'clean';

const harms: readonly Harm[] = [
  { title: 'noise', axisTitle: 'Signal-to-noise ratio (dB)', stepOf: ({ snr_db }) => numberOrNull(snr_db) },
  {
    title: 'speed',
    axisTitle: 'Speed',
    stepOf: (attributes) => (isClean(attributes) ? 1 : numberOrNull(attributes['speed'])),
  },
  {
    title: 'codecs',
    axisTitle: 'Bit rate (kbit/s); 256 is no codec',
    halves: true,
    stepOf: (attributes) => (isClean(attributes) ? 256 : numberOrNull(attributes['bitRateKbps'])),
  },
  ...(['start', 'end'] as const).map((end) => ({
    title: `${end} cut off`,
    axisTitle: `Cut off at the ${end} (ms)`,
    stepOf: (attributes: ScoredRecord['attributes']) =>
      isClean(attributes) ? 0 : attributes['probe'] === `clipped-${end}` ? numberOrNull(attributes['clippedMs']) : null,
  })),
];

/** Errors of one setting at one step. */
interface Point {
  readonly backend: string;
  readonly unit: ScoringUnit;
  readonly harm: Harm;
  readonly acceleration: Acceleration;
  readonly step: number;
  errors: number;
  tokens: number;
  clips: number;
}

/** How error rates grow as clips get worse. */
export const robustness: Chart = {
  name: 'robustness',
  title: 'Error rate as clips get worse',
  question: 'How fast does accuracy fall with noise, changed speed, codecs and cut ends?',
  draw({ records }: ReportInput): DrawnChart | null {
    const groups = [
      ...groupBy(pointsOf(records), ({ backend, unit, harm }) => `${backend}: ${harm.title} (${unit}s)`),
    ].filter(([, points]) => new Set(points.map(({ step }) => step)).size > 1);
    if (groups.length === 0) return null;
    return {
      caption:
        'Pooled error rate of all clips at a step, all languages of a unit together. A flat line is a robust setting. ' +
        // Probes are made of the same clips at every step; a corpus that comes with noise has one step for each clip.
        (records.some(({ attributes }) => attributes['probe'] !== undefined)
          ? 'Clips at different steps were made of the same recordings.'
          : 'Different clips stand at different steps, and few clips make a line that jumps: the table counts them.'),
      panels: groups.map(([title, points]) => panel(title, points)),
      table: {
        columns: ['Backend', 'Made worse by', 'Unit', 'Acceleration', 'Step', 'Error rate', 'Clips'],
        rows: groups.flatMap(([, points]) =>
          points.map((point) => [
            point.backend,
            point.harm.title,
            point.unit,
            accelerationLabel(point.acceleration),
            String(point.step),
            quantityText(point.errors / point.tokens, 'fraction'),
            String(point.clips),
          ]),
        ),
      },
    };
  },
};

function pointsOf(records: readonly ScoredRecord[]): readonly Point[] {
  const points = new Map<string, Point>();
  for (const { cell, attributes, primaryUnit: unit, word, character } of records) {
    const counts = unit === 'word' ? word : character;
    if (counts === null) continue;
    const tokens = counts.hits + counts.substitutions + counts.deletions;
    if (tokens === 0) continue;
    for (const harm of harms) {
      const step = harm.stepOf(attributes);
      if (step === null) continue;
      const { backend, acceleration } = cell;
      const key = JSON.stringify([backend, unit, harm.title, acceleration, step]);
      const point = points.get(key) ?? { backend, unit, harm, acceleration, step, errors: 0, tokens: 0, clips: 0 };
      points.set(key, point);
      point.errors += counts.substitutions + counts.deletions + counts.insertions;
      point.tokens += tokens;
      point.clips++;
    }
  }
  const order = (acceleration: Acceleration) => accelerationOrder.indexOf(acceleration);
  return [...points.values()].toSorted(
    (one, other) => order(one.acceleration) - order(other.acceleration) || one.step - other.step,
  );
}

function panel(title: string, points: readonly Point[]): ChartPanel {
  const present = accelerationOrder.filter((name) => points.some(({ acceleration }) => acceleration === name));
  const { axisTitle, halves = false } = points[0]!.harm;
  const scale = halves ? { type: 'log' as const, base: 2, nice: false, padding: 8 } : { zero: false };
  const values = points.map(({ acceleration, step, errors, tokens, clips }) => ({
    acceleration: accelerationLabel(acceleration),
    step,
    rate: errors / tokens,
    text: `${accelerationLabel(acceleration)}\n${axisTitle}: ${step}\n${quantityText(errors / tokens, 'fraction')}, ${clips} clips`,
  }));
  const spec: TopLevelSpec = {
    ...plotFrame,
    data: { values },
    height: 220,
    mark: { type: 'line', point: true, aria: false },
    encoding: {
      x: {
        field: 'step',
        type: 'quantitative',
        scale,
        axis: { title: axisTitle, tickCount: 6, ...(halves ? { format: 'd' } : {}) },
      },
      y: { field: 'rate', type: 'quantitative', axis: { title: 'Error rate', format: '~%', tickCount: 5 } },
      color: smallAccelerationColor(present),
      strokeDash: { ...accelerationDash, legend: smallAccelerationColor(present).legend },
      tooltip: { field: 'text' },
    },
  };
  const rates = values.map(({ rate }) => rate);
  const range = `${quantityText(Math.min(...rates), 'fraction')} to ${quantityText(Math.max(...rates), 'fraction')}`;
  return { title, description: `Error rate over ${axisTitle.toLowerCase()}, ${title}: from ${range}.`, spec };
}
