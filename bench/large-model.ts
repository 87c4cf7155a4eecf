/**
 * Times a model as large as Nemotron in the engine and in sherpa-onnx: `npm run bench:large -- FOLDER`, the folder being one
 * that `bench/synthetic_model.py` wrote or any fp32 export in sherpa-onnx's layout. Memory holds the model twice. Which token
 * a synthetic model emits hangs on the last bits of its features; when it emits does not, so the texts have to be equally
 * long instead of alike.
 */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chunkGeometry } from '../src/engine/geometry.ts';
import { StreamingRecognizer } from '../src/engine/recognizer.ts';
import { readClips, secondsOf } from './clips.ts';
import { openSherpa, sherpaText } from '../src/engine/__fixtures__/sherpa.ts';
import { median, ourText, PEER, withWindow } from './peers/sherpa-onnx.ts';

const CLIPS = 2;

const ROUNDS = 3;

const THREADS = 2;

/** Times of one engine, the first round left out. */
class Rounds {
  readonly #wallMs: number[] = [];
  readonly #cpuMs: number[] = [];
  letters = 0;

  async add(hear: () => Promise<readonly string[]>): Promise<void> {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const texts = await hear();
    const { user, system } = process.cpuUsage(cpu);
    this.#wallMs.push(performance.now() - wall);
    this.#cpuMs.push((user + system) / 1000);
    this.letters = texts.join('').replaceAll(' ', '').length;
  }

  get wallMs(): number {
    return median(this.#wallMs.slice(1));
  }

  get cpuMs(): number {
    return median(this.#cpuMs.slice(1));
  }
}

const model = resolve(process.argv[2] ?? '');
const clips = await readClips(CLIPS);
const options = { precision: 'fp32', provider: 'cpu', threads: THREADS, clock: () => performance.now() } as const;
const engine = await StreamingRecognizer.load(model, options);
const rows: Record<string, string | number>[] = [];

for (const lookAhead of engine.contract.lookAheads) {
  const declared = await withWindow(model, lookAhead);
  const sherpa = openSherpa(declared, { melCount: 128, threads: THREADS });
  const [ours, theirs] = [new Rounds(), new Rounds()];
  // By turns: the speed of a shared machine drifts by more than what the engines differ by.
  for (let round = 0; round <= ROUNDS; round++) {
    await ours.add(async () => {
      const texts: string[] = [];
      for (const clip of clips) texts.push(await ourText(engine, lookAhead, clip));
      return texts;
    });
    await theirs.add(() =>
      Promise.resolve(clips.map(({ samples, language }) => sherpaText(sherpa, samples, language))),
    );
  }
  await rm(declared, { recursive: true });
  if (ours.letters !== theirs.letters) {
    throw new Error(`the engines emit different amounts: ${ours.letters} letters, ${PEER} ${theirs.letters}`);
  }
  const seconds = secondsOf(clips);
  rows.push({
    'chunk (ms)': chunkGeometry(lookAhead).outputFrames * 80,
    'ours (ms)': Math.round(ours.wallMs),
    RTF: Number((ours.wallMs / 1000 / seconds).toFixed(3)),
    'peer (ms)': Math.round(theirs.wallMs),
    'faster by (time)': `${(theirs.wallMs / ours.wallMs).toFixed(2)} ×`,
    'faster by (processor time)': `${(theirs.cpuMs / ours.cpuMs).toFixed(2)} ×`,
  });
}
console.log(
  `${engine.contract.description}; ${secondsOf(clips).toFixed(0)} s of audio, ${THREADS} threads, beside ${PEER}`,
);
console.table(rows);
