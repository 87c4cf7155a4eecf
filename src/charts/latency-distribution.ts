import type { TopLevelSpec } from 'vega-lite';
import type { Acceleration, AudioDelivery, ReportInput, ScoredRecord } from '../types.ts';
import { accelerationLabel, accelerationOrder, compareText } from './cell-names.ts';
import type { Chart, ChartPanel, DrawnChart } from './chart.ts';
import { smallAccelerationColor, accelerationDash, plotFrame } from './encodings.ts';
import { groupBy } from './group-by.ts';
import { quantityText, unknownText } from './number-text.ts';
import { minimumSamples, quantile } from '../stats/quantiles.ts';

/** Enough for a smooth curve; a run may hold hundreds of thousands of answers. */
const pointsPerCurve = 200;

interface Curve {
  readonly backend: string;
  readonly delivery: AudioDelivery;
  readonly acceleration: Acceleration;
  /** `null` where the sweep does not vary it. */
  readonly concurrency: number | null;
  /** In ascending order. */
  readonly latenciesMs: readonly number[];
}

/** How clips were sent, in words. */
export const deliveryNames: Readonly<Record<AudioDelivery, string>> = {
  batch: 'batch',
  'streaming-virtual': 'streaming, virtual clock',
  'streaming-real': 'streaming, wall clock',
};

/** How many answers came within which time, per setting. */
export const latencyDistribution: Chart = {
  name: 'latency-distribution',
  title: 'Latency distribution by acceleration',
  question: 'How long does a user wait, usually and in the worst cases?',
  draw(input: ReportInput): DrawnChart | null {
    const curves = curvesOf(input.records);
    if (curves.length === 0) return null;
    const groups = groupBy(curves, (curve) => surroundings(curve));
    return {
      caption:
        'Share of answers that came within a time, all languages together. The dotted lines mark the median and the 95th ' +
        'percentile; a curve further to the left is faster. Latency runs from the request to the answer (batch) or from ' +
        'the end of the audio to the final text (streaming). Failed utterances have none. Percentiles that so few answers cannot bear are left out of the table.',
      panels: [...groups].map(([title, group]) => panel(title, group)),
      table: {
        columns: ['Setting', 'Acceleration', 'p50', 'p90', 'p95', 'Slowest', 'n'],
        rows: curves.map((curve) => [
          surroundings(curve),
          accelerationLabel(curve.acceleration),
          ...[0.5, 0.9, 0.95].map((share) => percentileText(curve.latenciesMs, share)),
          quantityText(curve.latenciesMs.at(-1)!, 'ms'),
          String(curve.latenciesMs.length),
        ]),
      },
    };
  },
};

function curvesOf(records: readonly ScoredRecord[]): readonly Curve[] {
  const curves = new Map<string, Curve & { latenciesMs: number[] }>();
  for (const { cell, delivery, latencyMs, hosted } of records) {
    if (delivery === null || latencyMs === null || hosted?.cold) continue;
    const { backend, acceleration, concurrency = null } = cell;
    const key = JSON.stringify([backend, delivery, acceleration, concurrency]);
    const curve = curves.get(key);
    if (curve) curve.latenciesMs.push(latencyMs);
    else curves.set(key, { backend, delivery, acceleration, concurrency, latenciesMs: [latencyMs] });
  }
  for (const { latenciesMs } of curves.values()) latenciesMs.sort((left, right) => left - right);
  return [...curves.values()].sort(
    (left, right) =>
      compareText(left.backend, right.backend) ||
      compareText(left.delivery, right.delivery) ||
      (left.concurrency ?? 0) - (right.concurrency ?? 0) ||
      accelerationOrder.indexOf(left.acceleration) - accelerationOrder.indexOf(right.acceleration),
  );
}

function panel(title: string, curves: readonly Curve[]): ChartPanel {
  const medians = curves.map(
    ({ acceleration, latenciesMs }) =>
      `${acceleration} ${percentileText(latenciesMs, 0.5)} (95th percentile ${percentileText(latenciesMs, 0.95)})`,
  );
  return {
    title,
    description: `Cumulative distribution of latency, ${title}. Medians: ${medians.join('; ')}.`,
    spec: specify(curves),
  };
}

function specify(curves: readonly Curve[]): TopLevelSpec {
  const values = curves.flatMap(({ acceleration, latenciesMs }) =>
    sharesOf(latenciesMs.length).map((share) => ({
      acceleration: accelerationLabel(acceleration),
      latencyMs: Number(quantile(latenciesMs, share)!.toPrecision(6)),
      share,
    })),
  );
  // A line where no curve can be read would invite to do so.
  const marked = [0.5, 0.95].filter((share) =>
    curves.some(({ latenciesMs }) => latenciesMs.length >= minimumSamples(share)),
  );
  const color = smallAccelerationColor(curves.map(({ acceleration }) => acceleration));
  return {
    ...plotFrame,
    height: 240,
    layer: [
      {
        data: { values: marked.map((share) => ({ share })) },
        mark: { type: 'rule', strokeDash: [2, 3], style: 'reference', aria: false },
        encoding: { y: { field: 'share', type: 'quantitative' } },
      },
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2, aria: false },
        encoding: {
          x: {
            field: 'latencyMs',
            type: 'quantitative',
            scale: { zero: true },
            axis: { title: 'Latency (ms)', tickCount: 6 },
          },
          y: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1] },
            axis: { title: 'Share of answers', format: '.0%', values: [0, 0.25, 0.5, 0.75, 0.95] },
          },
          color,
          strokeDash: { ...accelerationDash, legend: color.legend },
        },
      },
    ],
  };
}

function sharesOf(count: number): readonly number[] {
  const steps = Math.min(Math.max(count - 1, 1), pointsPerCurve);
  return Array.from({ length: steps + 1 }, (_, index) => index / steps);
}

function surroundings({ backend, delivery, concurrency }: Curve): string {
  const load = concurrency === null ? '' : `, ${concurrency} at once`;
  return `${backend} (${deliveryNames[delivery]}${load})`;
}

/** As in the summary: no number where the sample is too small for an interval. */
function percentileText(sorted: readonly number[], share: number): string {
  return sorted.length < minimumSamples(share) ? unknownText : quantityText(quantile(sorted, share), 'ms');
}
