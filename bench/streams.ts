import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeWav } from '../src/audio/write-wav.ts';
import type { Recognizer } from '../src/backends/backend.ts';
import { onnxBackend } from '../src/backends/onnx.ts';
import { SAMPLE_RATE } from '../src/engine/features.ts';
import { accelerationsOf, chunkGeometry, LOOK_AHEADS } from '../src/engine/geometry.ts';
import type { Acceleration } from '../src/types.ts';
import { readClips, secondsOf, type Clip } from './clips.ts';
import type { BenchRow } from './rows.ts';

const MODEL = resolve('models/tiny-fastconformer');
const STREAMS = 8;
const CLIPS = 48;
const ROUNDS = 7;

interface Way {
  readonly name: string;
  readonly streams: number;
  readonly recognizer: Recognizer;
}

async function open(streams: number, processes: number, threads: number): Promise<Recognizer> {
  const settings = { model: MODEL, mode: 'batch', concurrency: streams, processes, threads };
  return onnxBackend.open(onnxBackend.settings.parse(settings), '/');
}

/** Whole clips, so many at once, each followed by the next. */
async function hear(
  { recognizer, streams }: Way,
  clips: readonly Clip[],
  paths: readonly string[],
  acceleration: Acceleration,
): Promise<string[]> {
  const texts: string[] = [];
  let next = 0;
  const follow = async (): Promise<void> => {
    for (let at = next++; at < clips.length; at = next++) {
      const audio = { path: paths[at]!, offsetSeconds: 0, durationSeconds: null };
      const options = { language: clips[at]!.language, acceleration };
      texts[at] = (await recognizer.transcribe(audio, options)).text;
    }
  };
  await Promise.all(Array.from({ length: streams }, follow));
  return texts;
}

/**
 * What encoding eight streams together gains over one stream after the other: in one process, in one with two threads, and
 * shared out between two processes. The same clips, model and texts. Of each way the least of all rounds, taken by turns.
 */
export async function suite(): Promise<readonly BenchRow[]> {
  const clips = await readClips(CLIPS);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-streams-'));
  const opened: Way[] = [];
  const way = async (name: string, streams: number, processes: number, threads: number): Promise<Way> => {
    opened.push({ name, streams, recognizer: await open(streams, processes, threads) });
    return opened.at(-1)!;
  };
  try {
    const paths = clips.map((_, i) => join(folder, `${i}.wav`));
    for (const [i, { samples }] of clips.entries()) await writeFile(paths[i]!, writeWav(samples, SAMPLE_RATE));
    const single = await way('one after the other', 1, 1, 1);
    const ways = [
      await way('one process', STREAMS, 1, 1),
      await way('one process of two threads', STREAMS, 1, 2),
      await way('two processes', STREAMS, 2, 1),
    ];
    const rows: BenchRow[] = [];
    for (const acceleration of accelerationsOf(Object.values(LOOK_AHEADS)))
      rows.push(...(await compare(acceleration, single, ways, clips, paths)));
    return rows;
  } finally {
    for (const { recognizer } of opened) await recognizer.close();
    await rm(folder, { recursive: true });
  }
}

async function compare(
  acceleration: Acceleration,
  single: Way,
  ways: readonly Way[],
  clips: readonly Clip[],
  paths: readonly string[],
): Promise<BenchRow[]> {
  const chunkMs = chunkGeometry(LOOK_AHEADS[acceleration]).outputFrames * 80;
  const expected = await hear(single, clips, paths, acceleration);
  const least = new Map<Way, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of [single, ...ways]) {
      const start = performance.now();
      const heard = await hear(way, clips, paths, acceleration);
      least.set(way, Math.min(least.get(way) ?? Infinity, performance.now() - start));
      const differing = expected.filter((text, i) => text !== heard[i]).length;
      if (differing > 0) throw new Error(`${differing} texts differ in chunks of ${chunkMs} ms: ${way.name}`);
    }
  }
  return ways.map((way) => ({
    name: `${secondsOf(clips).toFixed(0)} s of speech as ${STREAMS} streams, chunks of ${chunkMs} ms, ${way.name}`,
    oursMs: least.get(way)!,
    peer: single.name,
    peerMs: least.get(single)!,
  }));
}
