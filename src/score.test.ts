import { describe, expect, it } from 'vitest';
import { cell, record } from './__fixtures__/records.ts';
import { normalizerId, normalizers } from './normalizers/index.ts';
import { score } from './score.ts';

const options = { normalizer: normalizers.earshot };

describe('score', () => {
  it('normalizes both sides alike and stamps the record', () => {
    const [scored] = score([record({ reference: 'Don’t, STOP!', text: "don't stop" })], options);
    expect(scored).toMatchObject({
      normalizer: normalizerId(normalizers.earshot),
      normalizedReference: 'do not stop',
      normalizedHypothesis: 'do not stop',
      word: { hits: 3, substitutions: 0, deletions: 0, insertions: 0 },
      referenceWordCount: 3,
      referenceCharacterCount: 9,
    });
  });

  it('keeps what the backend said', () => {
    const input = record({ text: 'A, b…' });
    expect(score([input], options)[0]).toMatchObject(input);
  });

  it('keeps the order of records', () => {
    const ids = ['c', 'a', 'b'];
    expect(
      score(
        ids.map((utterance) => record({ utterance })),
        options,
      ).map((one) => one.utterance),
    ).toEqual(ids);
  });

  it('gives a failure no counts, even if some text came before it', () => {
    const [scored] = score([record({ text: 'a b', status: 'failed' })], options);
    expect(scored).toMatchObject({ word: null, character: null, alignment: null, normalizedHypothesis: null });
    expect(scored!.referenceWordCount).toBe(4);
  });

  it('gives an empty text counts', () => {
    expect(score([record({ text: '' })], options)[0]!.word).toEqual({
      hits: 0,
      substitutions: 0,
      deletions: 4,
      insertions: 0,
    });
  });

  it('aligns in the primary unit, which can be chosen', () => {
    expect(score([record({ reference: 'ab', text: 'ab' })], options)[0]!.alignment).toHaveLength(1);
    expect(
      score([record({ reference: 'ab', text: 'ab' })], { ...options, unit: 'character' })[0]!.alignment,
    ).toHaveLength(2);
    const japanese = record({ cell: { ...cell, language: 'ja' }, reference: '今日は', text: '今日は' });
    expect(score([japanese], options)[0]!.alignment).toHaveLength(3);
  });

  it('passes word times through normalization', () => {
    const referenceWords = ['Dr.', '—', "Smith's", 'e-mail'].map((word, i) => ({
      word,
      startSeconds: null,
      endSeconds: i + 1,
    }));
    const text = "Dr. Smith's e-mail";
    const partials = [{ atMs: 5000, text }];
    const [scored] = score([record({ reference: "Dr. — Smith's e-mail", referenceWords, text, partials })], options);
    expect(scored!.normalizedReference).toBe("doctor smith's e mail");
    // The end of "e" is not known.
    expect(scored!.stream!.emissionDelaysMs).toEqual([4000, 2000, 1000]);
  });
});
