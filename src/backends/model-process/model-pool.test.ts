import { expect, test } from 'vitest';
import { BackendError, UserError } from '../../errors.ts';
import type { AudioSource, Hypothesis, RecognizerInfo } from '../../types.ts';
import type { Recognizer } from '../backend.ts';
import { ModelPool } from './model-pool.ts';

const AUDIO: AudioSource = { path: '/clip.wav', offsetSeconds: 0, durationSeconds: null };
const OPTIONS = { language: 'en-US', acceleration: 'none' } as const;

/** What the pool reads of an answer. */
function answer(processMemoryMiB: number): Hypothesis {
  return { text: 'one', processMemoryMiB } as unknown as Hypothesis;
}

/** A recognizer that answers when it is told to. */
class Hand implements Recognizer {
  readonly info: RecognizerInfo;
  isClosed = false;
  readonly #waiting: ((hypothesis: Hypothesis) => void)[] = [];

  constructor(loadMs = 0) {
    this.info = { model: 'hand', description: 'by hand', loadMs } as unknown as RecognizerInfo;
  }

  get underWay(): number {
    return this.#waiting.length;
  }

  transcribe(): Promise<Hypothesis> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async answer(processMemoryMiB = 1): Promise<void> {
    this.#waiting.shift()!(answer(processMemoryMiB));
    await settled();
  }

  close(): Promise<RecognizerInfo> {
    this.isClosed = true;
    return Promise.resolve({ ...this.info, peakMemoryMiB: 10 });
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function poolOf(recognizers: readonly Recognizer[]): Promise<Recognizer> {
  const left = [...recognizers];
  return ModelPool.open(left.length, () => Promise.resolve(left.shift()!));
}

test('an utterance goes to the process that has the fewest', async () => {
  const hands = [new Hand(), new Hand(), new Hand()];
  const pool = await poolOf(hands);
  const ask = () => void pool.transcribe(AUDIO, OPTIONS);
  for (let i = 0; i < 5; i++) ask();
  expect(hands.map(({ underWay }) => underWay)).toEqual([2, 2, 1]);
  await hands[1]!.answer();
  await hands[1]!.answer();
  ask();
  expect(hands.map(({ underWay }) => underWay)).toEqual([2, 1, 1]);
});

/** Fails at once, or as soon as others had a turn. */
function failing(kind: string): Recognizer & { calls: number } {
  const recognizer = {
    info: new Hand().info,
    calls: 0,
    transcribe: async () => {
      recognizer.calls++;
      await Promise.resolve();
      throw new BackendError(kind, 'it failed', true);
    },
    close: () => Promise.resolve(recognizer.info),
  };
  return recognizer;
}

function healthy(): Recognizer {
  const { info } = new Hand();
  return {
    info,
    transcribe: async () => {
      await settled();
      return answer(1);
    },
    close: () => Promise.resolve(info),
  };
}

/** Utterances, two at once and each tried three times, of which so many fail. */
async function failuresOf(pool: Recognizer, utterances: number): Promise<number> {
  let [left, failures] = [utterances, 0];
  const follow = async (): Promise<void> => {
    while (left-- > 0) {
      const tries = [1, 2, 3].map(() => () => pool.transcribe(AUDIO, OPTIONS));
      const outcome = tries.reduce(
        (before, next) => before.catch(next),
        Promise.reject<Hypothesis>(new Error('none yet')),
      );
      await outcome.catch(() => failures++);
    }
  };
  await Promise.all([follow(), follow()]);
  return failures;
}

test('a process that keeps failing does not take the utterances of the others', async () => {
  const broken = failing('process');
  expect(await failuresOf(await poolOf([broken, healthy()]), 40)).toBe(0);
  expect(broken.calls).toBeGreaterThan(0);
});

/** Two processes, of which the second dies so many times in a row at its first utterances. */
function dyingAtFirst(deaths: number): { readonly members: readonly Recognizer[]; readonly calls: number[] } {
  const calls = [0, 0];
  let left = deaths;
  const member = (index: number): Recognizer => ({
    info: new Hand().info,
    transcribe: async () => {
      calls[index]!++;
      await settled();
      if (index === 1 && left-- > 0) throw new BackendError('process', 'it died', true, { isUnreachable: true });
      return answer(1);
    },
    close: () => Promise.resolve(new Hand().info),
  });
  return { members: [member(0), member(1)], calls };
}

test.each([1, 2, 3])('a process that died %i times in a row gets its share again', async (deaths) => {
  const { members, calls } = dyingAtFirst(deaths);
  expect(await failuresOf(await poolOf(members), 300)).toBe(0);
  expect(Math.min(...calls)).toBeGreaterThan(90);
});

test('what one process cannot do any more is unreachable only where no other can', async () => {
  const { members } = dyingAtFirst(100);
  const pool = await poolOf(members);
  const [, lost] = await Promise.allSettled([1, 2].map(() => pool.transcribe(AUDIO, OPTIONS)));
  expect(lost).toMatchObject({ status: 'rejected', reason: { kind: 'process', facts: { isUnreachable: false } } });
  const none = await poolOf([dyingAtFirst(100).members[1]!, dyingAtFirst(100).members[1]!]);
  const both = await Promise.allSettled([1, 2].map(() => none.transcribe(AUDIO, OPTIONS)));
  expect(both.at(-1)).toMatchObject({ status: 'rejected', reason: { facts: { isUnreachable: true } } });
});

test('what fails by itself does not count against its process', async () => {
  const [unlucky, other] = [failing('audio'), failing('audio')];
  other.transcribe = async () => {
    await Promise.resolve();
    return answer(1);
  };
  const pool = await poolOf([unlucky, other]);
  for (let utterance = 0; utterance < 5; utterance++) await pool.transcribe(AUDIO, OPTIONS).catch(() => undefined);
  expect(unlucky.calls).toBe(5);
});

test('processes that hold different models are closed again', async () => {
  const hands = ['a', 'b'].map((modelSha256) => Object.assign(new Hand(), { info: { modelSha256 } as RecognizerInfo }));
  await expect(poolOf(hands)).rejects.toThrow('the files of the model changed while its processes were opened');
  expect(hands.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

test('memory is that of all, those that did not answer yet taken to have as much', async () => {
  const hands = [new Hand(), new Hand(), new Hand()];
  const pool = await poolOf(hands);
  const calls = [1, 2, 3, 4].map(() => pool.transcribe(AUDIO, OPTIONS));
  await hands[0]!.answer(10);
  await hands[1]!.answer(7);
  // Less than before: another process, or a smaller peak since.
  await hands[0]!.answer(4);
  await hands[2]!.answer(2);
  const memory = await Promise.all(calls.map(async (call) => (await call).processMemoryMiB));
  expect(memory).toEqual([30, 24, 19, 21]);
});

test('loading and peaks are sums, and closing closes all', async () => {
  const hands = [new Hand(5), new Hand(7)];
  const pool = await poolOf(hands);
  expect(pool.info).toMatchObject({ processes: 2, loadMs: 12, description: 'by hand' });
  expect((await pool.close()).peakMemoryMiB).toBe(20);
  expect(hands.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

test('where one cannot be opened, those before it are closed', async () => {
  const hands = [new Hand(), new Hand()];
  const left = [...hands];
  const open = () => {
    const next = left.shift();
    return next ? Promise.resolve(next) : Promise.reject(new UserError('no memory'));
  };
  await expect(ModelPool.open(3, open)).rejects.toThrow('no memory');
  expect(hands.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

test('one process is no pool', async () => {
  const hand = new Hand();
  expect(await poolOf([hand])).toBe(hand);
});
