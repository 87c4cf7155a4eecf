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

async function open(streams: number, processes: number): Promise<Recognizer> {
  const settings = { model: MODEL, mode: 'batch', concurrency: streams, processes };
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
 * What encoding eight streams together gains over one stream after the other, in one process and shared out between two:
 * the same clips, model and texts, one thread in each process. Of each way the least of all rounds, taken by turns.
 */
export async function suite(): Promise<readonly BenchRow[]> {
  const clips = await readClips(CLIPS);
  const folder = await mkdtemp(join(tmpdir(), 'earshot-streams-'));
  const paths = clips.map((_, i) => join(folder, `${i}.wav`));
  for (const [i, { samples }] of clips.entries()) await writeFile(paths[i]!, writeWav(samples, SAMPLE_RATE));
  const single: Way = { name: 'one stream after the other', streams: 1, recognizer: await open(1, 1) };
  const ways: readonly Way[] = [
    { name: 'one process', streams: STREAMS, recognizer: await open(STREAMS, 1) },
    { name: 'two processes', streams: STREAMS, recognizer: await open(STREAMS, 2) },
  ];
  const rows: BenchRow[] = [];
  for (const acceleration of accelerationsOf(Object.values(LOOK_AHEADS))) {
    const expected = await hear(single, clips, paths, acceleration);
    const least = new Map<Way, number>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of [single, ...ways]) {
        const start = performance.now();
        const heard = await hear(way, clips, paths, acceleration);
        least.set(way, Math.min(least.get(way) ?? Infinity, performance.now() - start));
        const differing = expected.filter((text, i) => text !== heard[i]).length;
        if (differing > 0) throw new Error(`${differing} texts differ with ${way.streams} streams in ${way.name}`);
      }
    }
    const chunkMs = chunkGeometry(LOOK_AHEADS[acceleration]).outputFrames * 80;
    for (const way of ways) {
      rows.push({
        name: `${secondsOf(clips).toFixed(0)} s of speech as ${STREAMS} streams, chunks of ${chunkMs} ms, ${way.name}`,
        oursMs: least.get(way)!,
        peer: single.name,
        peerMs: least.get(single)!,
      });
    }
  }
  for (const { recognizer } of [single, ...ways]) await recognizer.close();
  await rm(folder, { recursive: true });
  return rows;
}
