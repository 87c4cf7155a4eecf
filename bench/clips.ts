import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { decodeAudio } from '../src/audio/decode-audio.ts';
import { SAMPLE_RATE } from '../src/engine/features.ts';
import { seededRandom } from '../src/stats/random.ts';
import { sum } from '../src/stats/sum.ts';

/** sherpa-onnx places feature frames 5 ms later; so many zeros before the audio cancel that. */
export const GRID_SAMPLES = 80;

export interface Clip {
  readonly language: string;
  /** The clip between silences, with the grid's zeros before it. */
  readonly samples: Float32Array;
}

/** About `count` of the embedded clips, spread over their languages. */
export async function readClips(count: number): Promise<readonly Clip[]> {
  // Benchmarks run from the repository's root.
  const folder = resolve('datasets/spoken-commands/audio');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.flac'));
  const step = Math.max(1, Math.floor(files.length / count));
  return Promise.all(files.filter((_, i) => i % step === 0).map((file) => readClip(folder, file)));
}

async function readClip(folder: string, file: string): Promise<Clip> {
  const { samples: clip } = await decodeAudio({ path: join(folder, file), offsetSeconds: 0, durationSeconds: null });
  const samples = new Float32Array(GRID_SAMPLES + 8000 + clip.length + 18_000);
  samples.set(clip, GRID_SAMPLES + 8000);
  // Noise keeps powers off the floor, where the last bits of a float32 decide.
  const random = seededRandom(1);
  for (let i = GRID_SAMPLES; i < samples.length; i++) samples[i]! += 0.002 * (random() - 0.5);
  return { language: file.slice(0, 5), samples };
}

/** Seconds of all clips. */
export function secondsOf(clips: readonly Clip[]): number {
  return sum(clips.map(({ samples }) => samples.length)) / SAMPLE_RATE;
}
