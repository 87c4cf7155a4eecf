import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cell, scored } from './__fixtures__/records.ts';
import { readBaseline, withDigests, writeBaseline } from './baseline.ts';
import { comparable, compare } from './compare.ts';
import { refuseIncomparable } from './comparability.ts';
import { normalizerId, normalizers } from './normalizers/index.ts';
import { reportInput } from './report/__fixtures__/report-input.ts';

const { run } = reportInput();
const full = { ...cell, acceleration: 'full' } as const;
const before = scored(
  ...Array.from({ length: 30 }, (_, i) => ({
    utterance: `u${i}`,
    speaker: `s${i % 7}`,
    text: i % 4 === 0 ? 'a b x d' : i === 5 ? null : i === 6 ? '' : 'a b c d',
    latencyMs: 100.123 + i,
    costUsd: 0.001,
  })),
  { cell: full, utterance: 'u0', speaker: 's0' },
);
const after = before.map((record, i) => scored({ ...record, text: i % 5 === 0 ? 'a x x d' : record.text })[0]!);
const names = { baseline: 'old', candidate: 'new' };

describe('a baseline file', () => {
  const text = writeBaseline(run, before.map(comparable));
  const read = readBaseline(text, 'baseline.json');

  it('gives the comparison that the run gives', () => {
    const candidate = after.map(comparable);
    const direct = compare({ baseline: before.map(comparable), candidate, margin: 0.01, seed: 3 });
    const fromFile = compare({ baseline: read.records, candidate: candidate.map(withDigests), margin: 0.01, seed: 3 });
    expect(direct.comparisons).toHaveLength(2);
    for (const [index, comparison] of direct.comparisons.entries()) {
      const other = fromFile.comparisons[index]!;
      const { matchedPairs, latencyDifferenceMs, savings, needs, unpaired, ...exact } = comparison;
      // What is missing and what failed is one thing in the file.
      expect(other.unpaired).toBeGreaterThanOrEqual(unpaired);
      expect(matchedPairs).not.toBeNull();
      expect(other).toMatchObject(exact);
      expect(other.matchedPairs).toBeNull();
      expect(other.latencyDifferenceMs?.value).toBeCloseTo(latencyDifferenceMs!.value, 0);
      expect(other.savings.timesCheaper).toBeCloseTo(savings.timesCheaper!, 4);
      expect(other.needs?.tokens).toBe(needs?.tokens);
    }
  });

  it('says nothing of what was said, and is the same whatever the order of the journal', () => {
    expect(text).not.toContain('a b c d');
    expect(writeBaseline(run, before.toReversed().map(comparable))).toBe(text);
  });

  it.each([
    ['{}', /neither the folder of a run nor a baseline/],
    [text.replace('"earshotBaseline": 1', '"earshotBaseline": 2'), /earshotBaseline: 2 is not allowed/],
    [text.replace(/"errors":\[[^,]+,/, '"errors":['), /lists of en none do not fit/],
  ])('is refused when it is damaged', (damaged, message) => {
    expect(() => readBaseline(damaged, 'baseline.json')).toThrow(message);
  });
});

describe('the baseline that comes with Earshot', () => {
  it('was scored by the present normalizer; else write it again', () => {
    const path = new URL('../reports/baselines/regression.json', import.meta.url);
    expect(readBaseline(readFileSync(path, 'utf8'), 'regression.json').normalizer).toBe(
      normalizerId(normalizers.earshot),
    );
  });
});

describe('what cannot be compared', () => {
  const one = (over: object) => scored({ utterance: 'u', ...over }).map(comparable);

  it('says why', () => {
    expect(() => refuseIncomparable(one({}), one({ text: 'b' }), names)).not.toThrow();
    const other = one({}).map((record) => ({ ...record, normalizer: 'raw@1#0' }));
    expect(() => refuseIncomparable(one({}), other, names)).toThrow(
      /old was scored with the normalizer earshot@.* and new with raw@1#0/,
    );
    expect(() => refuseIncomparable(one({}), one({ cell: { ...cell, language: 'fr' } }), names)).toThrow(
      'new (speech fr) and old (speech en) have no utterance in common',
    );
    expect(() => refuseIncomparable(one({}), one({ reference: 'other words' }), names)).toThrow(
      'the references of 1 utterances changed since old, such as that of u',
    );
  });
});
