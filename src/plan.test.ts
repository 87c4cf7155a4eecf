import { describe, expect, it } from 'vitest';
import type { BackendFacts } from './backends/backend.ts';
import { parseConfig } from './config.ts';
import { plan, total } from './plan.ts';

const config = parseConfig(
  `name: trial
corpora: { speech: { path: x } }
backends:
  able: { kind: onnx, model: x }
  bound: { kind: onnx, model: y }
matrix:
  language: [en-US, de-DE, fi-FI]
  acceleration: [none, full]
  languageHint: [given, auto]
`,
  'sweep.yaml',
);

const able: BackendFacts = {
  languages: null,
  accelerations: ['none', 'regular', 'high', 'full'],
  supportsAuto: true,
  usdPerAudioMinute: 0.008,
  expectedRtf: 0.1,
  concurrency: 2,
  location: 'hosted',
};
const bound: BackendFacts = {
  ...able,
  languages: ['en-US'],
  accelerations: ['none'],
  supportsAuto: false,
  usdPerAudioMinute: null,
};

const survey = { utterances: 10, audioSeconds: 600, wholeMinutes: 15, referenceTokens: 1000 };
const facts = {
  corpora: new Map([
    [
      'speech',
      {
        languages: new Map([
          ['en-US', survey],
          ['de-DE', survey],
        ]),
        otherTags: new Map([
          ['et', 3],
          ['', 2],
        ]),
      },
    ],
  ]),
  backends: new Map([
    ['able', able],
    ['bound', bound],
  ]),
};

describe('plan', () => {
  const planned = plan(config, facts);

  it('prices whole minutes where the host bills them, and audio elsewhere', () => {
    const usdOf = (over: Partial<BackendFacts>) =>
      plan(config, { ...facts, backends: new Map(facts.backends).set('able', { ...able, ...over }) }).cells.find(
        ({ cell }) => cell.backend === 'able',
      )!.estimatedUsd;
    expect(usdOf({})).toBeCloseTo(10 * 0.008, 12);
    expect(usdOf({ billsWholeMinutes: true })).toBeCloseTo(15 * 0.008, 12);
  });

  it('puts every point of the matrix into exactly one of cells and skipped', () => {
    expect(planned.cells.length + planned.skipped.length).toBe(3 * 2 * 2 * 2);
    const seen = [...planned.cells, ...planned.skipped].map(({ cell }) => JSON.stringify(cell));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says why a cell cannot run', () => {
    const reasons = new Set(planned.skipped.map(({ reason }) => reason));
    expect(reasons).toEqual(
      new Set([
        'corpus speech has no utterances in fi-FI; it has some in et; 2 of its rows do not name theirs, so give it by corpora.speech.language',
        'backend bound cannot do acceleration full; it does none',
        'backend bound cannot find the language by itself',
        'backend bound does not know de-DE',
      ]),
    );
  });

  it('prices and times a cell from its audio', () => {
    const [first] = planned.cells;
    expect(first!.cell.backend).toBe('able');
    expect(first!.estimatedUsd).toBeCloseTo(0.08, 10);
    expect(first!.estimatedSeconds).toBeCloseTo(30, 10);
  });

  it('does not pass a partial sum off as the whole', () => {
    expect(total([1, 2])).toBe(3);
    expect(total([1, null, 2])).toBeNull();
  });
});

describe('a plan of several loads', () => {
  const loaded = parseConfig(
    `name: trial
corpora: { speech: { path: x } }
backends: { hosted: { kind: fal }, timed: { kind: fal }, local: { kind: onnx, model: x } }
matrix: { language: en-US, concurrency: [1, 4] }
`,
    'sweep.yaml',
  );
  const backends = new Map<string, BackendFacts>([
    ['hosted', able],
    ['timed', { ...able, arrivals: { kind: 'poisson', perSecond: 1 } }],
    ['local', { ...able, location: 'local', concurrency: 1 }],
  ]);
  const { cells, skipped } = plan(loaded, { ...facts, backends });

  it('makes a cell of each load that a backend can bear', () => {
    expect(cells.map(({ cell }) => [cell.backend, cell.concurrency])).toEqual([
      ['hosted', 1],
      ['hosted', 4],
      ['local', 1],
    ]);
    expect(cells[0]!.estimatedSeconds).toBe(4 * cells[1]!.estimatedSeconds!);
  });

  it('says of the others why not', () => {
    expect(skipped.map(({ reason }) => reason)).toEqual([
      'backend timed sends by the clock, whatever is in flight',
      'backend timed sends by the clock, whatever is in flight',
      'backend local does one request at a time',
    ]);
  });
});
