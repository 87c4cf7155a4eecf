import { describe, expect, it } from 'vitest';
import { cell, record } from './__fixtures__/records.ts';
import { comparable, compare } from './compare.ts';
import { normalizers } from './normalizers/index.ts';
import { useOfOverlay } from './overlay.ts';
import { score } from './score.ts';
import type { Overlay } from './types.ts';

const normalizer = normalizers.earshot;
const stew = record({ utterance: 'u1', reference: 'he ate stew', text: 'he ate stu' });
const overlay: Overlay = {
  name: 'heard',
  version: '1',
  entries: [
    { utterance: 'u1', replaces: 'he ate stew', reference: 'he ate {stew / stu}' },
    { utterance: 'u2', corpus: 'elsewhere', reference: 'no' },
    { utterance: 'u3', replaces: 'another text', reference: 'no' },
    { utterance: 'u4', reference: 'no' },
  ],
};
const errorsOf = (scored: ReturnType<typeof score>[number]): number =>
  scored.word!.substitutions + scored.word!.deletions + scored.word!.insertions;

describe('alternatives in references', () => {
  const one = (reference: string, text: string | null, language = 'en') =>
    score([record({ cell: { ...cell, language }, reference, text })], { normalizer, alternations: true })[0]!;

  it('are scored by the reading that fits best', () => {
    const scored = one('(well) I {do not know / dunno / @}, sir', 'i dunno sir');
    expect(errorsOf(scored)).toBe(0);
    expect(scored).toMatchObject({
      reference: 'I dunno, sir',
      notatedReference: '(well) I {do not know / dunno / @}, sir',
      referenceWordCount: 3,
    });
  });

  it('are normalized as the transcript is, the reading as a whole', () => {
    expect(errorsOf(one('one hundred {and / @} five', 'one hundred and five'))).toBe(0);
    expect(errorsOf(one('it costs {5 dollars / five bucks}', 'it costs five dollars'))).toBe(0);
  });

  it('count the first reading for a failure', () => {
    expect(one('{a b / c} d', null)).toMatchObject({ reference: 'a b d', referenceWordCount: 3, word: null });
  });

  it('choose by characters where these are the unit', () => {
    expect(one('{你们 / 您} 好', '您好', 'zh')).toMatchObject({ referenceCharacterCount: 2, character: { hits: 2 } });
  });

  it('are text unless asked for', () => {
    const [scored] = score([record({ reference: '{a / b}', text: 'b' })], { normalizer });
    expect(scored).toMatchObject({ reference: '{a / b}', notatedReference: null });
  });

  it('are refused with broken brackets, naming the utterance', () => {
    expect(() => one('{a / b', 'b')).toThrow('the reference of utterance u: a { is never closed; close it by }');
  });

  it('pair two systems whose readings differ', () => {
    const of = (text: string) =>
      Array.from({ length: 8 }, (_, i) => record({ utterance: `u${i}`, reference: 'x {a b / c} y', text }));
    const sides = ['x c y', 'x a b z'].map((text) =>
      score(of(text), { normalizer, alternations: true }).map(comparable),
    );
    const { comparisons } = compare({ baseline: sides[0]!, candidate: sides[1]!, margin: 0.01, seed: 1 });
    expect(comparisons[0]).toMatchObject({ pairs: 8, baselineRate: 0, candidateRate: 1 / 3 });
  });
});

describe('an overlay', () => {
  it('replaces the references that it names and stamps every row', () => {
    const scored = score([stew, record({ utterance: 'u2' })], { normalizer, overlay });
    expect(scored.map(errorsOf)).toEqual([0, 0]);
    expect(scored[0]).toMatchObject({ reference: 'he ate stu', notatedReference: 'he ate {stew / stu}' });
    expect(scored[1]!.reference).toBe('a b c d');
    for (const { overlay: stamp } of scored) expect(stamp).toMatch(/^heard@1#[0-9a-f]{16}$/);
  });

  it('tells which of its entries have no effect', () => {
    const records = [stew, record({ utterance: 'u2' }), record({ utterance: 'u3' })];
    expect(useOfOverlay(overlay, records)).toEqual({ applied: 1, stale: ['u3'], unknown: ['u2', 'u4'] });
    expect(score(records, { normalizer, overlay })[2]!.reference).toBe('a b c d');
  });

  it('keeps results apart from those without it', () => {
    const sides = [overlay, null].map((one) => score([stew], { normalizer, overlay: one }).map(comparable));
    expect(() => compare({ baseline: sides[0]!, candidate: sides[1]!, margin: 0, seed: 1 })).toThrow('normalizer');
  });
});

describe('characters', () => {
  it('are code points, or what a reader takes for one', () => {
    const hindi = record({ cell: { ...cell, language: 'hi' }, reference: 'हिन्दी', text: 'हन्दी' });
    const count = (characters?: 'grapheme') =>
      score([hindi], { normalizer, ...(characters && { characters }) })[0]!.character;
    expect(count()).toMatchObject({ hits: 5, deletions: 1 });
    const graphemes = count('grapheme')!;
    expect(graphemes.substitutions).toBe(1);
    expect(graphemes.hits + graphemes.substitutions + graphemes.deletions).toBeLessThan(6);
  });
});
