import { resolve } from 'node:path';
import { chunkGeometry } from '../src/engine/geometry.ts';
import { StreamingRecognizer } from '../src/engine/recognizer.ts';
import { transcribeClip, type Transcription } from '../src/engine/transcription.ts';
import { quantile } from '../src/stats/quantiles.ts';
import type { AudioDelivery } from '../src/types.ts';
import { readClips } from './clips.ts';

// Do streams on the virtual clock and in real time tell the same? Median chunk latency, first text and latency of the same
// clips by both, within one chunk of each other. Takes a few minutes, since the clips are heard as they are spoken. Run
// from the repository's root: npm run bench:clocks

const MODEL = resolve('models/tiny-fastconformer');
const CLIPS = 8;

const figures: Readonly<Record<string, (heard: Transcription) => readonly number[]>> = {
  'chunk latency': ({ chunkLatenciesMs = [] }) => chunkLatenciesMs,
  'first text': ({ partials }) => (partials ?? []).slice(0, 1).map(({ atMs }) => atMs),
  latency: ({ latencyMs }) => [latencyMs],
};

const clock = (): number => performance.now();
const recognizer = await StreamingRecognizer.load(MODEL, { precision: 'fp32', provider: 'cpu', threads: 1, clock });
const clips = await readClips(CLIPS);

async function hear(lookAhead: number, delivery: AudioDelivery): Promise<readonly Transcription[]> {
  const heard: Transcription[] = [];
  for (const { samples, language } of clips) {
    heard.push(await transcribeClip(recognizer, samples, { language, lookAhead, delivery }));
  }
  return heard;
}

function medianOf(heard: readonly Transcription[], samplesOf: (one: Transcription) => readonly number[]): number {
  return quantile(Float64Array.from(heard.flatMap(samplesOf)).sort(), 0.5) ?? NaN;
}

const rows = [];
for (const lookAhead of recognizer.contract.lookAheads) {
  const chunkMs = chunkGeometry(lookAhead).outputFrames * 80;
  await hear(lookAhead, 'streaming-virtual');
  const virtual = await hear(lookAhead, 'streaming-virtual');
  const real = await hear(lookAhead, 'streaming-real');
  const slipMs = Math.max(...real.map(({ pacing }) => pacing?.slipMs ?? 0));
  for (const [figure, samplesOf] of Object.entries(figures)) {
    const [virtualMs, realMs] = [medianOf(virtual, samplesOf), medianOf(real, samplesOf)];
    rows.push({
      'chunk (ms)': chunkMs,
      figure,
      'virtual p50 (ms)': Math.round(virtualMs * 10) / 10,
      'real p50 (ms)': Math.round(realMs * 10) / 10,
      'most slip (ms)': Math.round(slipMs * 10) / 10,
      'within one chunk': Math.abs(virtualMs - realMs) <= chunkMs,
    });
  }
}
await recognizer.release();
console.table(rows);
process.exitCode = rows.every((row) => row['within one chunk']) ? 0 : 1;
