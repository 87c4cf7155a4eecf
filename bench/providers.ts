/**
 * Times a model's chunks on execution providers: `npm run bench:providers -- MODEL PRECISION THREADS PROVIDER…`. Chunks follow
 * each other without pauses, behind a clip of warm-up. What the first provider hears, the others are held against.
 */
import { resolve } from 'node:path';
import { chunkGeometry } from '../src/engine/geometry.ts';
import { StreamingRecognizer, type ChunkTimes } from '../src/engine/recognizer.ts';
import { readClips, type Clip } from './clips.ts';

const CLIPS = 6;

const [folder = '', precision = 'fp32', threads = '1', ...providers] = process.argv.slice(2);
const clips = await readClips(CLIPS);
const heardFirst = new Map<number, string>();

for (const provider of providers) {
  const start = performance.now();
  const engine = await StreamingRecognizer.load(resolve(folder), {
    precision: precision as 'fp32' | 'int8',
    provider,
    threads: Number(threads),
    clock: () => performance.now(),
  });
  // Behind a first clip, so that the profile that tells this is over before anything is timed.
  await hear(engine, engine.contract.lookAheads[0]!, clips[0]!, []);
  const effective = (await engine.effectiveProvider()) ?? 'nothing';
  const rows: Record<string, string | number>[] = [];
  for (const lookAhead of engine.contract.lookAheads) {
    const text: string[] = [];
    const chunks: ChunkTimes[] = [];
    for (const clip of [clips[0]!, ...clips]) {
      text.push(await hear(engine, lookAhead, clip, text.length === 0 ? [] : chunks));
    }
    const heard = text.slice(1).join('\n');
    if (!heardFirst.has(lookAhead)) heardFirst.set(lookAhead, heard);
    const totals = chunks.map(({ featuresMs, encoderMs, decoderMs }) => featuresMs + encoderMs + decoderMs);
    const chunkMs = chunkGeometry(lookAhead).outputFrames * 80;
    rows.push({
      'chunk (ms)': chunkMs,
      chunks: chunks.length,
      'p50 (ms)': quantile(totals, 0.5),
      'p99 (ms)': quantile(totals, 0.99),
      'encoder p50': quantile(
        chunks.map(({ encoderMs }) => encoderMs),
        0.5,
      ),
      'decoder p50': quantile(
        chunks.map(({ decoderMs }) => decoderMs),
        0.5,
      ),
      RTF: Number((totals.reduce((sum, ms) => sum + ms, 0) / chunks.length / chunkMs).toFixed(4)),
      'same text': heard === heardFirst.get(lookAhead) ? 'yes' : 'no',
    });
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `${engine.contract.description}, ${precision}, ${threads} threads; ${provider} was asked for, ${effective} ran; ${seconds} s`,
  );
  console.table(rows);
  await engine.release();
}

async function hear(
  engine: StreamingRecognizer,
  lookAhead: number,
  { language, samples }: Clip,
  chunks: ChunkTimes[],
): Promise<string> {
  const stream = await engine.createStream({ language, lookAhead });
  stream.accept(samples);
  stream.end();
  for (let times = await stream.step(); times !== null; times = await stream.step()) chunks.push(times);
  return stream.text;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(2));
}
