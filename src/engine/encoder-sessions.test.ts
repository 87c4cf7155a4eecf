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

/** What sessions are for, known by their inputs, and those for streams together by the new frames that they give. */
type Kind = 'full' | 'any' | 'sized' | 'together';

function kindOf({ inputMetadata, outputMetadata }: InferenceSession): Kind {
  const shapeOf = (values: typeof inputMetadata, wanted: string): readonly (number | string)[] => {
    const value = values.find(({ name }) => name === wanted);
    return value?.isTensor ? value.shape : [];
  };
  if (shapeOf(inputMetadata, 'length').length === 0) return 'full';
  if (shapeOf(inputMetadata, 'audio_signal').every((size) => typeof size === 'number')) return 'sized';
  return shapeOf(outputMetadata, 'cache_last_channel_next')[2] === 4 ? 'together' : 'any';
}

type Through = (kind: Kind, run: () => ReturnType<Run>) => ReturnType<Run>;

/** Real sessions, of whose calls and ends is told; some kinds cannot be loaded. */
function factoryOf(
  through: Through,
  ended: (kind: Kind) => void,
  unloadable: readonly Kind[],
): InferenceSessionFactory {
  return {
    create: async (...given: [Uint8Array, InferenceSession.SessionOptions]) => {
      const session = await InferenceSession.create(...given);
      const run: Run = session.run.bind(session);
      const release = session.release.bind(session);
      const kind = kindOf(session);
      if (unloadable.includes(kind)) {
        await release();
        throw new Error('shapes do not fit');
      }
      return Object.assign(session, {
        run: ((...asked) => through(kind, () => run(...asked))) satisfies Run,
        release: () => {
          ended(kind);
          return release();
        },
      });
    },
  } as unknown as InferenceSessionFactory;
}

/** Which sessions windows with so many valid frames go through, and which ones are left in the end. */
async function kindsOf(
  way: 'forStreams' | 'forBatches',
  precision: 'fp32' | 'int8',
  through: Through,
  unloadable: readonly Kind[] = [],
): Promise<{ readonly calls: readonly Kind[]; readonly open: readonly Kind[] }> {
  const contract = await readContract(EMBEDDED_FOLDER, precision);
  const calls: Kind[] = [];
  const open: Kind[] = [];
  let isOver = false;
  const factory = factoryOf(
    (kind, run) => {
      calls.push(kind);
      return through(kind, run);
    },
    (kind) => {
      if (isOver) open.push(kind);
    },
    unloadable,
  );
  const tensors = new TensorFactory(Tensor);
  const sessions = await EncoderSessions.of(factory, tensors, contract, options);
  const geometry = chunkGeometry(3);
  const graph = await sessions[way](geometry);
  expect(await sessions[way](geometry)).toBe(graph);
  calls.length = 0;
  const window = new Float32Array(128 * geometry.windowFrames).fill(-8);
  const encoder = new StreamingEncoder(graph, tensors, sessions.contract, geometry, window, 9);
  for (const validFrames of [41, 41, 40, 41, 20]) await encoder.encode(validFrames);
  isOver = true;
  for (const session of await sessions.sessions()) await session.release();
  return { calls, open: open.toSorted() };
}

const honest: Through = (_, run) => run();

/** Sessions of these kinds give frames that are twice as large. */
function louder(kinds: readonly Kind[]): Through {
  return async (kind, run) => {
    const given = await run();
    if (!kinds.includes(kind)) return given;
    const { data, dims } = given.outputs as Tensor;
    const raised = (data as Float32Array).map((value) => 2 * value);
    return { ...given, outputs: new Tensor('float32', raised, dims) };
  };
}

describe('windows', () => {
  test.each(['fp32', 'int8'] as const)(
    'that are full go through a session without a length, and others through one for any, in %s',
    async (precision) => {
      const { calls, open } = await kindsOf('forStreams', precision, honest);
      expect(calls).toEqual(['full', 'full', 'any', 'full', 'any']);
      expect(open).toEqual(['any', 'full']);
    },
  );

  test('all go through one session where full ones come out otherwise there', async () => {
    const { calls, open } = await kindsOf('forStreams', 'fp32', louder(['full']));
    expect(calls).toEqual(Array(5).fill('sized'));
    expect(open).toEqual(['any', 'sized']);
  });

  test('all go through one session where full ones fail', async () => {
    const failing: Through = (kind, run) => (kind === 'full' ? Promise.reject(new Error('out of range')) : run());
    expect((await kindsOf('forStreams', 'fp32', failing)).calls).toEqual(Array(5).fill('sized'));
  });

  test('all go through one session where that for full ones cannot be loaded', async () => {
    const { calls, open } = await kindsOf('forStreams', 'fp32', honest, ['full']);
    expect(calls).toEqual(Array(5).fill('sized'));
    expect(open).toEqual(['any', 'sized']);
    expect((await kindsOf('forBatches', 'fp32', honest, ['together'])).open).toEqual(['any']);
  });

  test('of streams that go together have a session of their own, where they come out as in the one for any', async () => {
    const own = await kindsOf('forBatches', 'fp32', honest);
    expect(own).toEqual({ calls: Array(5).fill('together'), open: ['any', 'together'] });
    const refused = await kindsOf('forBatches', 'fp32', louder(['together']));
    expect(refused).toEqual({ calls: Array(5).fill('any'), open: ['any'] });
    const int8 = await kindsOf('forBatches', 'int8', honest);
    expect(int8).toEqual({ calls: Array(5).fill('any'), open: ['any'] });
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
