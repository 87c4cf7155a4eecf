import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor, type InferenceSessionFactory } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { EMBEDDED_FOLDER } from './rewriting/__fixtures__/embedded.ts';
import { readContract } from './contracts/index.ts';
import { EncoderSessions } from './encoder-sessions.ts';
import { StreamingEncoder } from './encoder.ts';
import { chunkGeometry } from './geometry.ts';
import { delimited, integerField, parse } from './protobuf.ts';
import { StreamingRecognizer } from './recognizer.ts';
import type { Constant } from './rewriting/constants.ts';
import { OnnxModel } from './rewriting/onnx-model.ts';
import { TensorFactory } from './tensors.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-sessions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const options = { provider: 'cpu', threads: 1 };

type Run = (
  feeds: InferenceSession.FeedsType,
  fetches: InferenceSession.FetchesType,
) => Promise<InferenceSession.ReturnType>;

/** What sessions for full windows, for any and for windows of one size are called: by the inputs that they take. */
type Kind = 'full' | 'any' | 'sized';

/** Real sessions, of whose calls `through` is told. */
function factoryOf(through: (kind: Kind, run: () => ReturnType<Run>) => ReturnType<Run>): InferenceSessionFactory {
  return {
    create: async (...given: [Uint8Array, InferenceSession.SessionOptions]) => {
      const session = await InferenceSession.create(...given);
      const run: Run = session.run.bind(session);
      const length = session.inputMetadata.find(({ name }) => name === 'length');
      const signal = session.inputMetadata.find(({ name }) => name === 'audio_signal')!;
      const isSized = signal.isTensor && signal.shape.every((size) => typeof size === 'number');
      const kind = length === undefined ? 'full' : isSized ? 'sized' : 'any';
      return Object.assign(session, { run: ((...asked) => through(kind, () => run(...asked))) satisfies Run });
    },
  } as unknown as InferenceSessionFactory;
}

/** Which sessions windows with so many valid frames go through. */
async function kindsOf(precision: 'fp32' | 'int8', through: Parameters<typeof factoryOf>[0]): Promise<Kind[]> {
  const contract = await readContract(EMBEDDED_FOLDER, precision);
  const calls: Kind[] = [];
  const factory = factoryOf((kind, run) => {
    calls.push(kind);
    return through(kind, run);
  });
  const tensors = new TensorFactory(Tensor);
  const sessions = await EncoderSessions.of(factory, tensors, contract, options);
  const geometry = chunkGeometry(3);
  const graph = await sessions.graph(geometry);
  expect(await sessions.graph(geometry)).toBe(graph);
  calls.length = 0;
  const window = new Float32Array(128 * geometry.windowFrames).fill(-8);
  const encoder = new StreamingEncoder(graph, tensors, sessions.encoder, geometry, window, 9);
  for (const validFrames of [41, 41, 40, 41, 20]) await encoder.encode(validFrames);
  for (const session of await sessions.sessions()) await session.release();
  return calls;
}

describe('windows', () => {
  test.each(['fp32', 'int8'] as const)(
    'that are full go through a session without a length, and others through one for any, in %s',
    async (precision) => {
      expect(await kindsOf(precision, (_, run) => run())).toEqual(['full', 'full', 'any', 'full', 'any']);
    },
  );

  test('all go through one session where full ones come out otherwise there', async () => {
    const louder = async (kind: Kind, run: () => ReturnType<Run>) => {
      const given = await run();
      const { data, dims } = given.outputs as Tensor;
      const raised = new Tensor(
        'float32',
        (data as Float32Array).map((value) => 2 * value),
        dims,
      );
      return kind === 'full' ? { ...given, outputs: raised } : given;
    };
    expect(await kindsOf('fp32', louder)).toEqual(Array(5).fill('sized'));
  });

  test('all go through one session where full ones fail', async () => {
    const failing = (kind: Kind, run: () => ReturnType<Run>) =>
      kind === 'full' ? Promise.reject(new Error('out of range')) : run();
    expect(await kindsOf('fp32', failing)).toEqual(Array(5).fill('sized'));
  });
});

/** A constant whose numbers lie in `encoder.data`. */
function external(constant: Constant, offset: number, bytes: number): Constant {
  const entry = (key: string, value: string): Buffer =>
    delimited(13, [delimited(1, [Buffer.from(key)]), delimited(2, [Buffer.from(value)])]);
  const kept = parse(constant.content).filter(({ number }) => number !== 9);
  const content = Buffer.concat([
    ...kept.map(({ encoded }) => encoded),
    entry('location', 'encoder.data'),
    entry('offset', String(offset)),
    entry('length', String(bytes)),
    integerField(14, 1),
  ]);
  return { ...constant, content };
}

test.each(['beside the graph', 'behind links'])('weights %s are found', async (place) => {
  const model = OnnxModel.parse(readFileSync(join(EMBEDDED_FOLDER, 'encoder.onnx')));
  const data: Uint8Array[] = [];
  let offset = 0;
  const constants = new Map(
    [...model.constants].map(([name, constant]) => {
      const raw = parse(constant.content).find(({ number }) => number === 9)?.bytes;
      if (raw === undefined || raw.length < 1024) return [name, constant];
      data.push(raw);
      offset += raw.length;
      return [name, external(constant, offset - raw.length, raw.length)];
    }),
  );
  const [snapshot, blobs] = [join(folder, place, 'snapshot'), join(folder, place, 'blobs')];
  cpSync(EMBEDDED_FOLDER, snapshot, { recursive: true });
  rmSync(join(snapshot, 'encoder.onnx'));
  mkdirSync(blobs);
  const isLinked = place === 'behind links';
  const contents = { 'encoder.onnx': model.with({ constants }).encode(), 'encoder.data': Buffer.concat(data) };
  for (const [name, content] of Object.entries(contents)) {
    writeFileSync(join(isLinked ? blobs : snapshot, name), content);
    if (isLinked) symlinkSync(join('..', 'blobs', name), join(snapshot, name));
  }
  const heard = [];
  for (const path of [EMBEDDED_FOLDER, snapshot]) {
    const recognizer = await StreamingRecognizer.load(path, { ...options, precision: 'fp32', clock: () => 0 });
    const stream = await recognizer.createStream({ language: 'en-US', lookAhead: 6 });
    // A chirp, in which the model hears something.
    await stream.push(Float32Array.from({ length: 40_000 }, (_, i) => 0.3 * Math.sin(i * i * 1e-5)));
    await stream.finish();
    heard.push(stream.tokens);
    await recognizer.release();
  }
  expect(heard[0]!.length).toBeGreaterThan(0);
  expect(heard[1]).toEqual(heard[0]);
});
