import type { TopLevelSpec } from 'vega-lite';
import { minimumSamples, quantile } from '../stats/quantiles.ts';
import type { ScoredRecord } from '../types.ts';
import { accelerationLabel, accelerationOrder, compareText } from './cell-names.ts';
import type { Chart, ChartPanel } from './chart.ts';
import { accelerationShape, plotFrame, scaleFromZero, smallAccelerationColor } from './encodings.ts';
import { groupBy } from './group-by.ts';
import { deliveryNames } from './latency-distribution.ts';
import { quantityText } from './number-text.ts';

/** More would cover each other. */
const pointsPerPanel = 600;

const bucketEnds = [2, 5, 10, 20, Infinity];

type Answer = ScoredRecord & { readonly latencyMs: number; readonly delivery: NonNullable<ScoredRecord['delivery']> };

/** Whether long clips take longer. */
export const latencyAgainstDuration: Chart = {
  name: 'latency-against-duration',
  title: 'Latency against the length of the clip',
  question: 'Does a longer clip make its speaker wait longer?',
  draw({ records }) {
    const answers = records.filter((record): record is Answer => record.latencyMs !== null && record.delivery !== null);
    if (new Set(answers.map(({ durationSeconds }) => durationSeconds)).size < 2) return null;
    const groups = [
      ...groupBy(answers, ({ cell, delivery }) => `${cell.backend} (${deliveryNames[delivery]})`),
    ].toSorted(([left], [right]) => compareText(left, right));
    return {
      caption:
        `A mark per answer, all languages together; of more than ${pointsPerPanel} a regular sample. The table has medians by length: ` +
        'settings are compared fairly within a length only.',
      panels: groups.map(([title, group]) => panel(title, group)),
      table: {
        columns: ['Backend', 'Acceleration', ...bucketEnds.map(bucketName)],
        rows: groups.flatMap(([title, group]) =>
          presentIn(group).map((acceleration) => [
            title,
            accelerationLabel(acceleration),
            ...bucketEnds.map((_, bucket) =>
              medianText(group.filter((one) => one.cell.acceleration === acceleration && bucketOf(one) === bucket)),
            ),
          ]),
        ),
      },
    };
  },
};

function presentIn(answers: readonly Answer[]) {
  const present = new Set(answers.map(({ cell }) => cell.acceleration));
  return accelerationOrder.filter((acceleration) => present.has(acceleration));
}

function bucketOf({ durationSeconds }: Answer): number {
  return bucketEnds.findIndex((end) => durationSeconds < end);
}

function bucketName(end: number, bucket: number): string {
  const start = bucketEnds[bucket - 1] ?? 0;
  return end === Infinity ? `from ${start} s` : `${start} to ${end} s`;
}

function medianText(answers: readonly Answer[]): string {
  if (answers.length < minimumSamples(0.5)) return answers.length === 0 ? '–' : `n too small (${answers.length})`;
  const sorted = answers.map(({ latencyMs }) => latencyMs).sort((left, right) => left - right);
  return `${quantityText(quantile(sorted, 0.5), 'ms')} (n ${sorted.length})`;
}

function panel(title: string, answers: readonly Answer[]): ChartPanel {
  const step = Math.ceil(answers.length / pointsPerPanel);
  const values = answers
    .filter((_, index) => index % step === 0)
    .map(({ cell, durationSeconds, latencyMs }) => ({
      acceleration: accelerationLabel(cell.acceleration),
      seconds: Number(durationSeconds.toPrecision(4)),
      latencyMs: Number(latencyMs.toPrecision(4)),
    }));
  const color = smallAccelerationColor(presentIn(answers));
  const spec: TopLevelSpec = {
    ...plotFrame,
    height: 220,
    data: { values },
    mark: { type: 'point', size: 24, opacity: 0.6, aria: false },
    encoding: {
      x: {
        field: 'seconds',
        type: 'quantitative',
        scale: { zero: true },
        axis: { title: 'Length of the clip (s)', tickCount: 6 },
      },
      y: {
        field: 'latencyMs',
        type: 'quantitative',
        scale: scaleFromZero(values.map(({ latencyMs }) => latencyMs)),
        axis: { title: 'Latency (ms)', tickCount: 5 },
      },
      color,
      shape: { ...accelerationShape, legend: color.legend },
    },
  };
  const seconds = answers.map(({ durationSeconds }) => durationSeconds);
  const [shortest, longest] = [Math.min(...seconds), Math.max(...seconds)];
  return {
    title,
    description: `Latency of ${answers.length} answers to clips of ${shortest.toFixed(1)} to ${longest.toFixed(1)} s, ${title}.`,
    spec,
  };
}
