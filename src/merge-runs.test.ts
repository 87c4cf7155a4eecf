import { describe, expect, it } from 'vitest';
import { cell, scored, scoredWith } from './__fixtures__/records.ts';
import type { Config } from './config.ts';
import { labelled, mergeRuns, type RunPart } from './merge-runs.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { reportInput } from './report/__fixtures__/report-input.ts';
import type { Cell, RunInfo } from './types.ts';

const base = reportInput().run;

function part(folder: string, records: readonly MeasurableRecord[], over: Partial<RunInfo> = {}): RunPart {
  const cells = [...new Map(records.map((record) => [JSON.stringify(record.cell), record.cell])).values()];
  const config = {
    name: folder,
    backends: Object.fromEntries(cells.map(({ backend }) => [backend, { kind: 'onnx', model: 'm' }])),
    corpora: { speech: { path: 'speech' } },
    matrix: { language: cells.map(({ language }) => language), backend: cells.map(({ backend }) => backend) },
  } as unknown as Config;
  const run: RunInfo = {
    ...base,
    name: folder,
    config,
    cells,
    plannedUtterances: cells.map((one) => records.filter((record) => record.cell === one).length),
    skipped: [],
    stretches: [{ startedAt: base.createdAt, endedAt: null }],
    recognizers: {},
  };
  return { folder: `reports/${folder}`, records, replaced: [], run: { ...run, ...over } };
}

const full: Cell = { ...cell, acceleration: 'full' };
const of = (inCell: Cell, ...utterances: readonly string[]) =>
  scored(...utterances.map((utterance) => ({ cell: inCell, utterance, audioPath: '../../clips/u.wav' })));
const elsewhere: Partial<RunInfo> = { environment: { ...base.environment, cpu: 'another' } };

describe('runs that belong together', () => {
  it('of different cells become one', () => {
    const merged = mergeRuns([part('a', of(cell, 'u1', 'u2')), part('b', of(full, 'u1'), elsewhere)]);
    expect(merged.records.map(({ cell: { acceleration }, stretch }) => [acceleration, stretch])).toEqual([
      ['none', 0],
      ['none', 0],
      ['full', 1],
    ]);
    expect(merged.run).toMatchObject({
      name: 'a + b',
      cells: [cell, full],
      plannedUtterances: [2, 1],
      command: ['report', 'reports/a', 'reports/b'],
    });
    expect(merged.run.parts).toHaveLength(2);
  });

  it('of other utterances of one cell fill it, and keep their clips', () => {
    const merged = mergeRuns([part('a', of(cell, 'u1')), part('deep/b', of(cell, 'u2'))]);
    expect(merged.run).toMatchObject({ cells: [cell], plannedUtterances: [2] });
    expect(merged.records.map(({ audioPath }) => audioPath)).toEqual(['../../clips/u.wav', '../clips/u.wav']);
  });

  it('of the same cells stand beside each other under the names of their folders', () => {
    const merged = mergeRuns([part('a', of(cell, 'u1')), part('b', of(cell, 'u1'))].map(labelled));
    expect(merged.run.cells.map(({ backend }) => backend)).toEqual(['local@a', 'local@b']);
    expect((merged.run.config as Config).matrix.backend).toEqual(['local@a', 'local@b']);
    expect(new Set(merged.records.map(({ key }) => key)).size).toBe(2);
  });

  it('keep what was paid for attempts that later ones replaced', () => {
    const [again] = of(cell, 'u1');
    const parts = ['a', 'b'].map((name) => labelled({ ...part(name, of(cell, 'u1')), replaced: [again!] }));
    expect(mergeRuns(parts).replaced.map((record) => record.cell.backend)).toEqual(['local@a', 'local@b']);
  });
});

describe('runs that do not', () => {
  it.each<[string, RunPart, RegExp]>([
    [
      'the same results',
      part('b', of(cell, 'u1')),
      /both hold 1 of the same results, such as en none local; .*--label/,
    ],
    ['another normalizer', part('b', scoredWith('raw', [{ cell: full }])), /scored by earshot@.* and by raw@/],
    [
      'another version',
      part('b', of(full, 'u1'), { environment: { ...base.environment, earshotVersion: '9.0.0' } }),
      /measured by Earshot 0\.1\.0 and 9\.0\.0/,
    ],
    [
      'other references',
      part('b', scored({ cell: full, utterance: 'u1', reference: 'something else' })),
      /the references of 1 utterances are not the same, such as that of u1/,
    ],
    [
      'another model',
      part('b', of(full, 'u1'), { recognizers: { local: { ...base.recognizers['onnx-local']!, modelSha256: 'f' } } }),
      /backend local is not the same model in both/,
    ],
    [
      'another machine in one cell',
      part('b', of(cell, 'u2'), elsewhere),
      /parts of the same cells from different machines/,
    ],
  ])('are refused: %s', (_, other, message) => {
    expect(() => mergeRuns([part('a', of(cell, 'u1')), other])).toThrow(message);
    expect(() => mergeRuns([part('a', of(cell, 'u1')), other])).toThrow('reports/a and reports/b cannot be merged');
  });
});
