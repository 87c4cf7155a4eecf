import { describe, expect, it } from 'vitest';
import { compareSettings } from './compare-settings.ts';
import { normalizers } from './normalizers/index.ts';
import { score } from './score.ts';
import type { Acceleration, Cell, ResultRecord } from './types.ts';

function recordsOf(cell: Cell): ResultRecord[] {
  return ['one two three', 'four five'].map((reference, index) => ({
    key: JSON.stringify([cell, index]),
    cell,
    utterance: `u${index}`,
    status: 'ok',
    text: cell.acceleration === 'full' ? reference.replace('two', 'too') : reference,
    reference,
    durationSeconds: 1,
    speaker: `s${index}`,
    session: null,
    sentence: null,
    referenceWords: null,
    attributes: {},
    delivery: 'batch',
    detectedLanguage: null,
    partials: null,
    words: null,
    latencyMs: 1,
    spans: {},
    costUsd: null,
    error: null,
    audioSha256: null,
    audioPath: '',
    audioOffsetSeconds: 0,
    isExcerpt: false,
    stretch: 0,
    startedAtMs: 0,
    finishedAtMs: 1,
  }));
}

function cellsOf(accelerations: readonly Acceleration[], backends: readonly string[]): Cell[] {
  return accelerations.flatMap((acceleration) =>
    backends.map((backend): Cell => ({ language: 'en-US', acceleration, backend, corpus: 'c', languageHint: 'given' })),
  );
}

function compared(cells: readonly Cell[]): string[] {
  const records = score(cells.flatMap(recordsOf), { normalizer: normalizers.raw });
  const comparisons = compareSettings(records, cells, { margin: 0.01, seed: 1 });
  return comparisons.map(({ baseline, candidate }) =>
    [baseline, candidate].map((cell) => `${cell.acceleration} ${cell.backend}`).join(' → '),
  );
}

describe('compareSettings', () => {
  it('compares each acceleration with the longest chunk, backend by backend', () => {
    expect(compared(cellsOf(['full', 'regular', 'high'], ['a', 'b'])).sort()).toEqual([
      'regular a → full a',
      'regular a → high a',
      'regular b → full b',
      'regular b → high b',
    ]);
  });

  it('compares backends with the first where one acceleration is swept', () => {
    expect(compared(cellsOf(['none'], ['a', 'b', 'c']))).toEqual(['none a → none b', 'none a → none c']);
  });

  it('has nothing to say of a single setting', () => {
    expect(compared(cellsOf(['none'], ['a']))).toEqual([]);
  });
});
