import { resolve } from 'node:path';
import { chunkGeometry } from '../src/engine/geometry.ts';
import { StreamingRecognizer } from '../src/engine/recognizer.ts';
import { transcribeClip } from '../src/engine/transcription.ts';
import { readClips, secondsOf, type Clip } from './clips.ts';
import { median } from './peers/sherpa-onnx.ts';
import type { BenchRow } from './rows.ts';

const MODEL = resolve('models/tiny-fastconformer');
const STREAMS = 8;
const CLIPS = 24;
const ROUNDS = 5;

async function load(batchesStreams: boolean, threads: number): Promise<StreamingRecognizer> {
  const clock = (): number => performance.now();
  return StreamingRecognizer.load(MODEL, { precision: 'fp32', provider: 'cpu', threads, clock, batchesStreams });
}

/** Whole clips, so many at once, each stream followed by the next clip. */
async function hear(
  recognizer: StreamingRecognizer,
  clips: readonly Clip[],
  lookAhead: number,
  streams: number,
): Promise<string[]> {
  const texts: string[] = [];
  let next = 0;
  const follow = async (): Promise<void> => {
    for (let at = next++; at < clips.length; at = next++) {
      const { samples, language } = clips[at]!;
      texts[at] = (await transcribeClip(recognizer, samples, { language, lookAhead, delivery: 'batch' })).text;
    }
  };
  await Promise.all(Array.from({ length: streams }, follow));
  return texts;
}

/**
 * What encoding eight streams together gains over one stream after the other, with one thread and with two: the same
 * clips, model and texts.
 */
export async function suite(): Promise<readonly BenchRow[]> {
  const clips = await readClips(CLIPS);
  const rows: BenchRow[] = [];
  for (const threads of [1, 2]) {
    const single = await load(false, threads);
    const together = await load(true, threads);
    for (const lookAhead of single.contract.lookAheads) {
      const alone = () => hear(single, clips, lookAhead, 1);
      const atOnce = () => hear(together, clips, lookAhead, STREAMS);
      const [expected, found] = [await alone(), await atOnce()];
      const differing = expected.filter((text, i) => text !== found[i]).length;
      if (differing > 0) throw new Error(`${differing} texts differ when ${STREAMS} streams are encoded together`);
      const times = { alone: [] as number[], atOnce: [] as number[] };
      for (let round = 0; round < ROUNDS; round++) {
        times.alone.push(await msOf(alone));
        times.atOnce.push(await msOf(atOnce));
      }
      const chunkMs = chunkGeometry(lookAhead).outputFrames * 80;
      rows.push({
        name: `${secondsOf(clips).toFixed(0)} s of speech as ${STREAMS} streams, chunks of ${chunkMs} ms, ${threads} thread${threads === 1 ? '' : 's'}`,
        oursMs: median(times.atOnce),
        peer: 'one stream after the other',
        peerMs: median(times.alone),
      });
    }
    await single.release();
    await together.release();
  }
  return rows;
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
