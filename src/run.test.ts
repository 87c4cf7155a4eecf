import { describe, expect, it } from 'vitest';
import { recordKey } from './attempt.ts';
import type { Recognizer, TranscribeOptions } from './backends/backend.ts';
import { parseConfig } from './config.ts';
import type { CorpusSurvey } from './corpora/survey.ts';
import { BackendError, UserError } from './errors.ts';
import type { RunnableBackend } from './loads.ts';
import { run, type RunOptions } from './run.ts';
import { spentUsd } from './spending.ts';
import type {
  Acceleration,
  AudioSource,
  Cell,
  HostedRequest,
  Hypothesis,
  RecognizerInfo,
  ResultRecord,
  Utterance,
} from './types.ts';

const info: RecognizerInfo = {
  model: 'echo',
  description: 'answers with the name of the file',
  modelSha256: null,
  precision: null,
  requestedProvider: null,
  effectiveProvider: null,
  threads: null,
  loadMs: null,
  peakMemoryMiB: null,
};

type Answer = (audio: AudioSource, options: TranscribeOptions) => Promise<Hypothesis>;

const echo: Answer = (audio) =>
  Promise.resolve({
    text: audio.path,
    detectedLanguage: null,
    delivery: 'batch',
    partials: null,
    words: null,
    latencyMs: 5,
    spans: { inferenceMs: 5 },
    costUsd: 0.01,
    audioSha256: null,
    heardSeconds: null,
  });

const hosted: HostedRequest = {
  ...{ endpoint: 'e', transport: 'run', requestId: null, runnerId: null, billableUnits: null, listCostUsd: null },
  ...{ cold: false, resumed: false, watchedBy: 'response', pollIntervalMs: null, roundTripMs: null },
};

function backend(
  name: string,
  answer: Answer,
  over: Partial<RunnableBackend> = {},
): RunnableBackend & { readonly log: string[] } {
  const log: string[] = [];
  return {
    name,
    location: 'local',
    concurrency: 1,
    usdPerAudioMinute: null,
    log,
    open: () => {
      log.push('open');
      const recognizer: Recognizer = {
        info,
        transcribe: (audio, options) => {
          log.push(`${audio.path} ${options.acceleration}`);
          return answer(audio, options);
        },
        close: () => {
          log.push('close');
          return Promise.resolve(info);
        },
      };
      return Promise.resolve(recognizer);
    },
    ...over,
  };
}

function utterance(id: string): Utterance {
  return {
    id,
    audio: { path: `/corpus/${id}.wav`, offsetSeconds: 0, durationSeconds: null },
    durationSeconds: 60,
    language: 'en-US',
    reference: id,
    speaker: null,
    session: null,
    sentence: null,
    words: null,
    attributes: {},
  };
}

const config = parseConfig(
  `name: t
corpora: { c: { path: x } }
backends: { a: { kind: onnx, model: x }, b: { kind: onnx, model: x } }
matrix: { language: en-US, acceleration: [none, full] }
`,
  't.yaml',
);

const utterances = Array.from({ length: 20 }, (_, index) => utterance(`u${index}`));

function survey(): CorpusSurvey {
  return {
    description: '',
    license: '',
    synthetic: true,
    languages: new Map(),
    otherTags: new Map(),
    sha256: '',
    rejected: { count: 0, first: null },
    // eslint-disable-next-line @typescript-eslint/require-await -- a corpus in memory has nothing to wait for
    async *selected() {
      yield* utterances;
    },
  };
}

function cellsOf(...names: string[]): Cell[] {
  const accelerations: Acceleration[] = ['none', 'full'];
  return names.flatMap((name) =>
    accelerations.map((acceleration): Cell => ({
      language: 'en-US',
      acceleration,
      backend: name,
      corpus: 'c',
      languageHint: 'given',
    })),
  );
}

async function execute(backends: readonly RunnableBackend[], over: Partial<RunOptions> = {}) {
  const records: ResultRecord[] = [];
  const outcome = await run({
    config,
    cells: cellsOf(...backends.map(({ name }) => name)),
    corpora: new Map([['c', survey()]]),
    backends,
    done: new Set(),
    journal: { append: (record) => void records.push(record), close: () => undefined },
    stretch: 0,
    now: () => performance.now(),
    signal: new AbortController().signal,
    maxUsd: null,
    spentUsd: 0,
    folder: '/run',
    earlierRecognizers: {},
    onOpen: () => undefined,
    onRecord: () => undefined,
    ...over,
  });
  return { records, outcome };
}

describe('run', () => {
  it('does each piece of work exactly once and opens one local model at a time', async () => {
    const [a, b] = [backend('a', echo), backend('b', echo)];
    const { records } = await execute([a, b]);
    expect(new Set(records.map(({ key }) => key)).size).toBe(80);
    expect(records).toHaveLength(80);
    expect([a.log[0], a.log.at(-1), b.log[0], b.log.at(-1)]).toEqual(['open', 'close', 'open', 'close']);
    expect(records.slice(0, 40).every(({ cell }) => cell.backend === 'a')).toBe(true);
  });

  it('interleaves the settings of each clip, in an order that only the seed decides', async () => {
    const [first, second] = [backend('a', echo), backend('a', echo)];
    await execute([first]);
    await execute([second]);
    expect(second.log).toEqual(first.log);
    const calls = first.log.slice(1, -1).map((line) => line.split(' '));
    const pairs = utterances.map((_, index) => calls.slice(index * 2, index * 2 + 2));
    expect(pairs.every(([one, two]) => one![0] === two![0] && one![1] !== two![1])).toBe(true);
    const leading = new Set(pairs.map(([one]) => one![1]));
    expect(leading.size, 'either setting goes first now and then').toBe(2);
  });

  it('skips what is done', async () => {
    const a = backend('a', echo);
    const [none] = cellsOf('a');
    const done = new Set(utterances.slice(0, 7).map(({ id }) => recordKey(none!, id)));
    const { records } = await execute([a], { done });
    expect(records).toHaveLength(33);
    expect(records.some(({ key }) => done.has(key))).toBe(false);
  });

  it('tries again what may be tried again, and keeps the waiting apart from the latency', async () => {
    let calls = 0;
    const flaky: Answer = (audio, options) => {
      calls++;
      if (calls === 1) return Promise.reject(new BackendError('busy', 'come back', true));
      return echo(audio, options);
    };
    const { records } = await execute([backend('a', flaky)]);
    expect(records.every(({ status }) => status === 'ok')).toBe(true);
    expect(records[0]!.spans.retryMs).toBeGreaterThan(400);
    expect(records[0]!.latencyMs).toBe(5);
    expect(records[1]!.spans.retryMs).toBeUndefined();
  });

  it('records a failure as a failure, never as an empty answer, and goes on', async () => {
    const broken: Answer = (audio, options) =>
      audio.path.endsWith('/u3.wav') ? Promise.reject(new UserError('u3.wav is truncated')) : echo(audio, options);
    const { records } = await execute([backend('a', broken)]);
    const failed = records.filter(({ status }) => status === 'failed');
    expect(
      failed.map(({ utterance: id, text, latencyMs, error }) => ({ id, text, latencyMs, kind: error?.kind })),
    ).toEqual([
      { id: 'u3', text: null, latencyMs: null, kind: 'audio' },
      { id: 'u3', text: null, latencyMs: null, kind: 'audio' },
    ]);
    expect(records).toHaveLength(40);
  });

  it('trusts the samples that were heard over the length that the corpus states', async () => {
    const short: Answer = async (audio, options) => ({ ...(await echo(audio, options)), heardSeconds: 1.5 });
    const { records } = await execute([backend('a', short), backend('b', echo)]);
    const seconds = (name: string) =>
      new Set(records.filter(({ cell }) => cell.backend === name).map(({ durationSeconds }) => durationSeconds));
    expect([seconds('a'), seconds('b')]).toEqual([new Set([1.5]), new Set([60])]);
    expect(records.every((record) => !('heardSeconds' in record))).toBe(true);
  });

  it('takes an empty text for an answer', async () => {
    const silent: Answer = async (audio, options) => ({ ...(await echo(audio, options)), text: ' ' });
    const { records } = await execute([backend('a', silent)]);
    expect(new Set(records.map(({ status }) => status))).toEqual(new Set(['empty']));
  });

  it('lets a bug surface instead of counting it as a failed utterance', async () => {
    const bug: Answer = () => Promise.reject(new TypeError('undefined is not a function'));
    await expect(execute([backend('a', bug)])).rejects.toThrow(TypeError);
  });

  it('stops before the call that would pass the budget, calls in flight included', async () => {
    const paid = backend('a', echo, { location: 'hosted', concurrency: 4, usdPerAudioMinute: 0.01 });
    const { records, outcome } = await execute([paid], { maxUsd: 0.1, spentUsd: 0.03 });
    expect(records).toHaveLength(7);
    expect(outcome.stoppedByBudget).toBe(true);
  });

  it('counts tries that were billed or may have been, by the list where nobody knows, and makes none beyond', async () => {
    const failing = (cost: { readonly costUsd?: number | null }): Answer => {
      const tried = new Set<string>();
      return (audio, options) => {
        const work = `${audio.path} ${options.acceleration}`;
        if (tried.has(work)) return echo(audio, options);
        tried.add(work);
        return Promise.reject(new BackendError('http', 'no', true, { retryAfterMs: 1, ...cost, hosted }));
      };
    };
    const spend = async (cost: { readonly costUsd?: number | null }) => {
      const paid = backend('a', failing(cost), { location: 'hosted', usdPerAudioMinute: 0.01 });
      const { records, outcome } = await execute([paid], { maxUsd: 0.105 });
      expect(outcome.stoppedByBudget).toBe(true);
      return {
        answered: records.filter(({ status }) => status === 'ok').length,
        spent: records.reduce((sum, record) => sum + spentUsd(record, { usdPerAudioMinute: 0.01 }), 0),
      };
    };
    // Of ten cents five answers, each after a try that may have been billed; or ten, where tries were free.
    expect(await spend({ costUsd: null })).toMatchObject({ answered: 5 });
    expect(await spend({})).toMatchObject({ answered: 10 });
    expect((await spend({ costUsd: 0.01 })).spent).toBeLessThanOrEqual(0.105);
  });

  it('reserves whole minutes where these are billed', async () => {
    const unpriced: Answer = async (audio, options) => ({ ...(await echo(audio, options)), costUsd: null });
    const paid = backend('a', unpriced, { location: 'hosted', usdPerAudioMinute: 0.01, billsWholeMinutes: true });
    const short: CorpusSurvey = {
      ...survey(),
      // eslint-disable-next-line @typescript-eslint/require-await -- a corpus in memory has nothing to wait for
      async *selected() {
        yield* utterances.map((one) => ({ ...one, durationSeconds: 5 }));
      },
    };
    const { records } = await execute([paid], { maxUsd: 0.1, corpora: new Map([['c', short]]) });
    expect(records).toHaveLength(10);
  });

  it('ends after the work in flight when it is interrupted', async () => {
    const controller = new AbortController();
    const { records } = await execute([backend('a', echo)], {
      signal: controller.signal,
      onRecord: (record) => record.utterance === 'u4' && controller.abort(),
    });
    expect(records).toHaveLength(9);
  });

  it('runs several lanes through one open recognizer', async () => {
    let inFlight = 0;
    let most = 0;
    const slow: Answer = async (audio, options) => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight--;
      return echo(audio, options);
    };
    const hosted = backend('a', slow, { location: 'hosted', concurrency: 4 });
    const { records } = await execute([hosted]);
    expect(most).toBe(4);
    expect(hosted.log.filter((line) => line === 'open')).toHaveLength(1);
    expect(records).toHaveLength(40);
  });

  it('puts each load of the sweep on its backend alone, under keys of its own', async () => {
    let inFlight = 0;
    const most: Record<string, number> = {};
    const told: number[] = [];
    const slow = (concurrency: number): Answer => {
      return async (audio, options) => {
        most[concurrency] = Math.max(most[concurrency] ?? 0, ++inFlight);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inFlight--;
        return echo(audio, options);
      };
    };
    const hosted = backend('a', echo, {
      location: 'hosted',
      concurrency: 9,
      open: (concurrency) => {
        told.push(concurrency);
        return backend('a', slow(concurrency)).open(concurrency);
      },
    });
    const [cell] = cellsOf('a') as [Cell, Cell];
    const cells = [1, 3].map((concurrency): Cell => ({ ...cell, concurrency }));
    const { records } = await execute([hosted], { cells });
    expect([told, most]).toEqual([[1, 3], { 1: 1, 3: 3 }]);
    expect(new Set(records.map(({ key }) => key)).size).toBe(40);
    expect(recordKey(cell, 'u1'), 'keys of sweeps without loads stay what they were').toBe('a/c/en-US/given/none/u1');
  });
});

describe('a search for capacity', () => {
  const searching = parseConfig(
    `name: t
corpora: { c: { path: x } }
backends: { a: { kind: onnx, model: x, mode: real-time } }
matrix: { language: en-US, acceleration: full }
capacity: { most: 64 }
`,
    't.yaml',
  );

  /** Chunks come back in time as long as no more than so many streams are under way. */
  function upTo(capacity: number): Answer {
    let underWay = 0;
    let most = 0;
    return async (audio, options) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const hypothesis = await echo(audio, options);
      if (--underWay === 0) [most, underWay] = [0, 0];
      const ms = Math.max(most, underWay) > capacity ? 90 : 70;
      return { ...hypothesis, chunkLatenciesMs: Array<number>(100).fill(ms), pacing: { chunkMs: 80, slipMs: 1 } };
    };
  }

  async function searched(answer: Answer, before: readonly ResultRecord[] = [], capacity = searching.capacity!) {
    const begun: string[] = [];
    const tried: string[] = [];
    const after: ResultRecord[] = [...before];
    const languages = new Map([['en-US', { utterances: 20, audioSeconds: 1200, referenceTokens: 20 }]]);
    const corpus = { ...survey(), languages } as unknown as CorpusSurvey;
    const { outcome } = await execute([backend('a', answer)], {
      config: { ...searching, capacity },
      cells: cellsOf('a').filter(({ acceleration }) => acceleration === 'full'),
      corpora: new Map([['c', corpus]]),
      done: new Set(before.map(({ key }) => key)),
      journal: { append: (record) => void after.push(record), close: () => undefined },
      search: {
        readRecords: () => Promise.resolve(after),
        onTry: ({ acceleration }) => begun.push(acceleration),
        onLevel: ({ streams, fits }) => tried.push(`${streams} ${fits}`),
      },
    });
    expect(begun).toHaveLength(tried.length);
    return { tried, after, cells: outcome.searchedCells!.map(({ concurrency }) => concurrency) };
  }

  it('runs every utterance at each number of streams, until it knows how many fit', async () => {
    const { tried, cells, after } = await searched(upTo(5));
    expect(tried).toEqual(['1 true', '2 true', '4 true', '8 false', '6 false', '5 true']);
    expect(cells).toEqual([1, 2, 4, 8, 6, 5]);
    expect(after).toHaveLength(6 * 20);
    expect(new Set(after.map(({ key }) => key)).size).toBe(after.length);
  });

  it('goes no further than half of the utterances', async () => {
    expect((await searched(upTo(100))).cells).toEqual([1, 2, 4, 8, 10]);
  });

  it('tries nothing again that an earlier stretch has tried', async () => {
    const { after } = await searched(upTo(5));
    const again = await searched(() => Promise.reject(new Error('asked again')), after);
    expect(again.tried).toEqual(['1 true', '2 true', '4 true', '8 false', '6 false', '5 true']);
  });

  it('is refused where nothing streams in real time', () => {
    const text = (mode: string, more: string) =>
      `name: t
corpora: { c: { path: x } }
backends: { a: { kind: onnx, model: x, mode: ${mode} } }
matrix: { language: en-US${more} }
capacity: {}
`;
    expect(() => parseConfig(text('streaming', ''), 't.yaml')).toThrow(
      /backend "a" does not make; give it mode: real-time/,
    );
    expect(() => parseConfig(text('real-time', ', concurrency: [1, 2]'), 't.yaml')).toThrow(
      /leave matrix.concurrency out/,
    );
  });
});
