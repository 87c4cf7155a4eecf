import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chunkGeometry } from '../src/engine/geometry.ts';
import { StreamingRecognizer } from '../src/engine/recognizer.ts';
import { readClips, secondsOf, type Clip } from './clips.ts';
import type { BenchRow } from './rows.ts';
import { openSherpa, sherpaText } from '../src/engine/__fixtures__/sherpa.ts';
import { median, ourText, PEER, withWindow } from './peers/sherpa-onnx.ts';

const MODEL = resolve('models/tiny-fastconformer');

const CLIPS = 12;

const ROUNDS = 15;

/** Rounds before those that count: JavaScript is compiled while it runs. */
const WARM_UP_ROUNDS = 5;

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
  const options = { precision: 'fp32', provider: 'cpu', threads: 1, clock: () => performance.now() } as const;
  const ours = await StreamingRecognizer.load(MODEL, options);
  const rows: BenchRow[] = [];
  for (const lookAhead of ours.contract.lookAheads) rows.push(await compare(ours, lookAhead, clips));
  await ours.release();
  return rows;
}

async function compare(ours: StreamingRecognizer, lookAhead: number, clips: readonly Clip[]): Promise<BenchRow> {
  const folder = await withWindow(MODEL, lookAhead);
  const theirs = openSherpa(folder, { melCount: 128, threads: 1 });
  const hearOurs = async (): Promise<string[]> => {
    const texts: string[] = [];
    for (const clip of clips) texts.push(await ourText(ours, lookAhead, clip));
    return texts;
  };
  const hearTheirs = (): string[] => clips.map(({ samples, language }) => sherpaText(theirs, samples, language));
  assertSameWords(await hearOurs(), hearTheirs());
  // By turns: the speed of a shared machine drifts by more than what the engines differ by.
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const [oursMs, theirsMs] = [await cpuMsOf(hearOurs), await cpuMsOf(hearTheirs)];
    if (round < 0) continue;
    times.ours.push(oursMs);
    times.theirs.push(theirsMs);
  }
  await rm(folder, { recursive: true });
  const seconds = secondsOf(clips);
  const oursMs = median(times.ours);
  const rtf = (oursMs / 1000 / seconds).toFixed(4);
  const chunkMs = chunkGeometry(lookAhead).outputFrames * 80;
  return {
    name: `${seconds.toFixed(0)} s of speech in chunks of ${chunkMs} ms (RTF ${rtf})`,
    oursMs,
    peer: PEER,
    peerMs: median(times.theirs),
  };
}

function assertSameWords(ours: readonly string[], theirs: readonly string[]): void {
  if (ours.every((text, i) => text === theirs[i])) return;
  throw new Error(`the engines hear different words: ${JSON.stringify({ ours, theirs }, null, 1)}`);
}
