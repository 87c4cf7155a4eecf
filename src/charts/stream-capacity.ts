import type { TopLevelSpec } from 'vega-lite';
import { streamLevels, type StreamLevel } from '../analysis/stream-levels.ts';
import type { Acceleration, ReportInput } from '../types.ts';
import { accelerationLabel, accelerationOrder } from './cell-names.ts';
import type { Chart, ChartPanel, DrawnChart } from './chart.ts';
import { accelerationColor, plotFrame } from './encodings.ts';
import { groupBy } from './group-by.ts';
import { quantityText } from './number-text.ts';

/** How many streams in real time fit on the machine at each chunk length. */
export const streamCapacity: Chart = {
  name: 'stream-capacity',
  title: 'Streams in real time',
  question: 'How many streams at once still get each chunk back before the next one is due?',
  draw({ records, run }: ReportInput): DrawnChart | null {
    const levels = streamLevels(records).toSorted(inOrder);
    if (levels.length === 0) return null;
    const settings = [...groupBy(levels, ({ cell }) => JSON.stringify(cell)).values()];
    return {
      caption:
        'Each point is a run with so many streams fed in real time, all starting together and each followed by the next ' +
        'clip. The line across is the length of a chunk: streams fit as long as 99 of 100 chunks come back below it, and at ' +
        'least nine of ten streams were fed in time. As clips run out, fewer streams are left for a moment, which flatters loads near the number of clips.',
      panels: settings.map(panel),
      table: {
        columns: ['Backend', 'Chunk', 'Streams', 'Chunk latency p50', 'p99', 'Chunks', 'Fits', 'Memory', 'per stream'],
        rows: settings.flatMap((own) => {
          // Larger loads start more processes, each with a model of its own, which no stream is to be charged with.
          const { processes = 1 } = run.recognizers[own[0]!.cell.backend] ?? {};
          return own.map((level) => row(level, processes > 1 ? null : own[0]!));
        }),
      },
    };
  },
};

function inOrder(left: StreamLevel, right: StreamLevel): number {
  const place = ({ cell }: StreamLevel): number => accelerationOrder.indexOf(cell.acceleration);
  return (
    left.cell.backend.localeCompare(right.cell.backend, 'en') ||
    place(left) - place(right) ||
    left.streams - right.streams
  );
}

/** Memory per stream is what those beyond the smallest load took each, where the same models are in both. */
function row(level: StreamLevel, smallest: StreamLevel | null): string[] {
  const { cell, chunkMs, streams, p50Ms, p99Ms, chunks, fits, memoryMiB } = level;
  const more = streams - (smallest?.streams ?? streams);
  const perStream =
    more > 0 && memoryMiB !== null && smallest?.memoryMiB != null ? (memoryMiB - smallest.memoryMiB) / more : null;
  const mebibytes = (value: number | null): string =>
    value === null ? '–' : `${value.toFixed(value < 10 ? 1 : 0)} MiB`;
  return [
    cell.backend,
    `${chunkMs} ms`,
    String(streams),
    quantityText(p50Ms, 'ms'),
    quantityText(p99Ms, 'ms'),
    String(chunks),
    verdict(level, fits),
    mebibytes(memoryMiB),
    mebibytes(perStream),
  ];
}

function verdict({ failures, mistimed }: StreamLevel, fits: boolean): string {
  const remarks = [failures > 0 && `${failures} failed`, mistimed > 0 && `${mistimed} fed late`].filter(Boolean);
  return [fits ? 'yes' : 'no', ...remarks].join(', ');
}

function panel(levels: readonly StreamLevel[]): ChartPanel {
  const [{ cell, chunkMs }] = levels as readonly [StreamLevel, ...StreamLevel[]];
  const most = Math.max(0, ...levels.filter(({ fits }) => fits).map(({ streams }) => streams));
  const answer = most === 0 ? 'none fits' : `${levels.every(({ fits }) => fits) ? 'at least ' : ''}${most} fit`;
  const told = levels.map(({ streams, p99Ms }) => `${streams} streams: ${quantityText(p99Ms, 'ms')}`);
  return {
    title: `${cell.backend}, ${accelerationLabel(cell.acceleration)}: ${answer}`,
    description: `Chunk latency p99 by streams at once, chunks of ${chunkMs} ms. ${told.join('; ')}.`,
    spec: specify(levels, cell.acceleration, chunkMs),
  };
}

function specify(levels: readonly StreamLevel[], setting: Acceleration, chunkMs: number): TopLevelSpec {
  const acceleration = accelerationLabel(setting);
  const color = { ...accelerationColor([setting]), legend: null };
  const values = levels
    .filter(({ p99Ms }) => p99Ms !== null)
    .map(({ streams, p99Ms, fits }) => ({ acceleration, streams, p99Ms, fits: fits ? 'fits' : 'too many' }));
  return {
    ...plotFrame,
    height: 200,
    data: { values },
    layer: [
      {
        data: { values: [{ chunkMs }] },
        mark: { type: 'rule', style: 'reference', strokeDash: [6, 3], aria: false },
        encoding: { y: { ...yAxis, field: 'chunkMs' } },
      },
      {
        mark: { type: 'line', strokeWidth: 1.5, aria: false },
        encoding: { x: xAxis, y: yAxis, color },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1, aria: false },
        encoding: {
          x: xAxis,
          y: yAxis,
          color,
          shape: {
            field: 'fits',
            type: 'nominal',
            scale: { domain: ['fits', 'too many'], range: ['circle', 'cross'] },
            legend: { title: null, orient: 'top' },
          },
        },
      },
    ],
  };
}

const xAxis = {
  field: 'streams',
  type: 'quantitative',
  scale: { type: 'log', base: 2, nice: false, padding: 12 },
  axis: { title: 'Streams at once', format: 'd', tickCount: 6 },
} as const;

const yAxis = {
  field: 'p99Ms',
  type: 'quantitative',
  scale: { type: 'log', nice: false, padding: 12 },
  axis: { title: 'Chunk latency p99 (ms)', tickCount: 5 },
} as const;
