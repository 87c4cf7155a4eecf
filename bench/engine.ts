import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chunkGeometry } from '../src/engine/geometry.ts';
import { readContract } from '../src/engine/contracts/index.ts';
import { StreamingRecognizer } from '../src/engine/recognizer.ts';
import { readClips, secondsOf, type Clip } from './clips.ts';
import type { BenchRow } from './rows.ts';
import { openSherpa, sherpaText } from '../src/engine/__fixtures__/sherpa.ts';
import { ourText, PEER, withWindow } from './peers/sherpa-onnx.ts';
import { sum } from '../src/stats/sum.ts';

const MODEL = resolve('models/tiny-fastconformer');

const CLIPS = 12;

const ROUNDS = 25;

/** Time that the process has computed. Both engines take one thread, and other work on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function cpuMsOf(work: () => unknown): Promise<number> {
  const start = cpuMs();
  await work();
  return cpuMs() - start;
}

/**
 * Times whole clips through the engine and through sherpa-onnx: the same files, chunk sizes, audio and one thread. Both
 * have to hear the same words, for which ours takes on the other's conventions.
 */
export async function suite(): Promise<readonly BenchRow[]> {
  const clips = await readClips(CLIPS);
  const { lookAheads } = await readContract(MODEL, 'fp32');
  const rows: BenchRow[] = [];
  for (const lookAhead of lookAheads) rows.push(await compare(lookAhead, clips));
  return rows;
}

async function compare(lookAhead: number, clips: readonly Clip[]): Promise<BenchRow> {
  const options = { precision: 'fp32', provider: 'cpu', threads: 1, clock: () => performance.now() } as const;
  const ours = await StreamingRecognizer.load(MODEL, options);
  const folder = await withWindow(MODEL, lookAhead);
  const theirs = openSherpa(folder, { melCount: 128, threads: 1 });
  // Of each clip the least of all rounds: whatever else a shared machine does can only add to it.
  const least = { ours: clips.map(() => Infinity), theirs: clips.map(() => Infinity) };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, clip] of clips.entries()) {
      const heard = { ours: '', theirs: '' };
      const oursMs = await cpuMsOf(async () => (heard.ours = await ourText(ours, lookAhead, clip)));
      const theirsMs = await cpuMsOf(() => (heard.theirs = sherpaText(theirs, clip.samples, clip.language)));
      if (heard.ours !== heard.theirs) throw new Error(`the engines hear different words: ${JSON.stringify(heard)}`);
      least.ours[i] = Math.min(least.ours[i]!, oursMs);
      least.theirs[i] = Math.min(least.theirs[i]!, theirsMs);
    }
  }
  await ours.release();
  await rm(folder, { recursive: true });
  const seconds = secondsOf(clips);
  const oursMs = sum(least.ours);
  const rtf = (oursMs / 1000 / seconds).toFixed(4);
  const chunkMs = chunkGeometry(lookAhead).outputFrames * 80;
  return {
    name: `${seconds.toFixed(0)} s of speech in chunks of ${chunkMs} ms (RTF ${rtf})`,
    oursMs,
    peer: PEER,
    peerMs: sum(least.theirs),
  };
}
