import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OnlineRecognizer, type SherpaRecognizer } from 'sherpa-onnx-node';
import { decodeAudio } from '../src/audio/decode-audio.ts';
import { chunkGeometry } from '../src/engine/geometry.ts';
import { StreamingRecognizer } from '../src/engine/recognizer.ts';
import { seededRandom } from '../src/stats/random.ts';
import type { BenchRow } from './rows.ts';

// Both run from the repository's root.
const MODEL = resolve('models/tiny-fastconformer');
const AUDIO = resolve('datasets/spoken-commands/audio');

const CLIPS = 12;

const ROUNDS = 11;

/** sherpa-onnx places feature frames 5 ms later; so many zeros before the audio cancel that. */
const GRID_SAMPLES = 80;

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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

interface Clip {
  readonly language: string;
  /** The clip between silences, with the grid's zeros before it. */
  readonly samples: Float32Array;
}

/**
 * Times whole clips through the engine and through sherpa-onnx: the same files, chunk sizes, audio and one thread. Both
 * have to hear the same words, for which ours takes on the other's conventions.
 */
export async function suite(): Promise<readonly BenchRow[]> {
  const files = (await readdir(AUDIO)).filter((name) => name.endsWith('.flac'));
  const step = Math.floor(files.length / CLIPS);
  const clips = await Promise.all(files.filter((_, i) => i % step === 0).map(readClip));
  const ours = await StreamingRecognizer.load(MODEL, {
    precision: 'fp32',
    provider: 'cpu',
    threads: 1,
    clock: () => performance.now(),
  });
  const rows: BenchRow[] = [];
  for (const lookAhead of ours.contract.lookAheads) rows.push(await compare(ours, lookAhead, clips));
  await ours.release();
  return rows;
}

async function compare(ours: StreamingRecognizer, lookAhead: number, clips: readonly Clip[]): Promise<BenchRow> {
  const folder = await withWindow(lookAhead);
  const theirs = sherpa(folder);
  const hearOurs = async (): Promise<string[]> => {
    const texts: string[] = [];
    for (const { language, samples } of clips) {
      const stream = await ours.createStream({ language, lookAhead, conventions: 'sherpa-onnx' });
      // Not finished, because sherpa-onnx never decodes what is shorter than a window.
      texts.push(await stream.push(samples.subarray(GRID_SAMPLES)));
    }
    return texts;
  };
  const hearTheirs = (): string[] => clips.map((clip) => sherpaText(theirs, clip));
  assertSameWords(await hearOurs(), hearTheirs());
  // By turns: the speed of a shared machine drifts by more than what the engines differ by.
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await cpuMsOf(hearOurs));
    times.theirs.push(await cpuMsOf(hearTheirs));
  }
  await rm(folder, { recursive: true });
  const seconds = clips.reduce((sum, { samples }) => sum + samples.length / 16_000, 0);
  const oursMs = median(times.ours);
  const rtf = (oursMs / 1000 / seconds).toFixed(4);
  const chunkMs = chunkGeometry(lookAhead).outputFrames * 80;
  return {
    name: `${seconds.toFixed(0)} s of speech in chunks of ${chunkMs} ms (RTF ${rtf})`,
    oursMs,
    peer: 'sherpa-onnx-node 1.13.8',
    peerMs: median(times.theirs),
  };
}

async function readClip(file: string): Promise<Clip> {
  const { samples: clip } = await decodeAudio({ path: join(AUDIO, file), offsetSeconds: 0, durationSeconds: null });
  const samples = new Float32Array(GRID_SAMPLES + 8000 + clip.length + 18_000);
  samples.set(clip, GRID_SAMPLES + 8000);
  // Noise keeps powers off the floor, where the last bits of a float32 decide.
  const random = seededRandom(1);
  for (let i = GRID_SAMPLES; i < samples.length; i++) samples[i]! += 0.002 * (random() - 0.5);
  return { language: file.slice(0, 5), samples };
}

/** A copy of the model whose metadata declare another chunk size: the only way to tell sherpa-onnx. */
async function withWindow(lookAhead: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  await cp(MODEL, folder, { recursive: true });
  const path = join(folder, 'encoder.onnx');
  const declared = await readFile(path);
  const { windowFrames, shiftFrames } = chunkGeometry(lookAhead);
  // Appended entries of `metadata_props` (field 14 of the model: key 1, value 2) win over earlier ones.
  const entry = (key: string, value: number): Buffer => {
    const field = (number: number, text: string): Buffer =>
      Buffer.concat([Buffer.from([number * 8 + 2, text.length]), Buffer.from(text)]);
    const content = Buffer.concat([field(1, key), field(2, String(value))]);
    return Buffer.concat([Buffer.from([14 * 8 + 2, content.length]), content]);
  };
  await writeFile(
    path,
    Buffer.concat([declared, entry('window_size', windowFrames), entry('chunk_shift', shiftFrames)]),
  );
  return folder;
}

function sherpa(folder: string): SherpaRecognizer {
  const [encoder, decoder, joiner] = ['encoder', 'decoder', 'joiner'].map((name) => join(folder, `${name}.onnx`));
  const modelConfig = {
    transducer: { encoder, decoder, joiner },
    tokens: join(folder, 'tokens.txt'),
    numThreads: 1,
    provider: 'cpu',
    debug: 0,
  };
  return new OnlineRecognizer({ featConfig: { sampleRate: 16_000, featureDim: 128 }, modelConfig });
}

function sherpaText(recognizer: SherpaRecognizer, { language, samples }: Clip): string {
  const stream = recognizer.createStream();
  stream.setOption('language', language);
  stream.acceptWaveform({ samples, sampleRate: 16_000 });
  stream.inputFinished();
  while (recognizer.isReady(stream)) recognizer.decode(stream);
  return recognizer.getResult(stream).text.replace(/ +/g, ' ').trim();
}

function assertSameWords(ours: readonly string[], theirs: readonly string[]): void {
  if (ours.every((text, i) => text === theirs[i])) return;
  throw new Error(`the engines hear different words: ${JSON.stringify({ ours, theirs }, null, 1)}`);
}
