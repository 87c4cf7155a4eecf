import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignTokens, countSteps } from '../text/align.ts';
import { tokenize } from '../text/tokens.ts';
import { primaryUnitOf } from '../text/units.ts';
import { classifyErrors } from './classify.ts';
import { loadWordLore } from './word-lore.ts';

async function classesOf(language: string, reference: string, hypothesis: string): Promise<string[]> {
  const unit = primaryUnitOf(language);
  const separator = unit === 'word' ? ' ' : '';
  const alignment = alignTokens(tokenize(reference, unit), tokenize(hypothesis, unit));
  return classifyErrors(alignment, await loadWordLore(language)).map(
    (error) => `${error.reference.join(separator)} → ${error.hypothesis.join(separator)}: ${error.errorClass}`,
  );
}

describe('classes of errors', () => {
  // Checked by hand: what a speaker would call each difference.
  it.each([
    ['en-US', 'twenty one dogs', '21 dogs', ['twenty one → 21: number-format']],
    ['en-US', 'some one came', 'someone came', ['some one → someone: compound']],
    ['en-US', 'to day is fine', 'today was fine', ['to day → today: compound', 'is → was: other']],
    ['en-US', 'the colour of it', 'the color of it', ['colour → color: spelling']],
    ['en-US', 'do not go', "don't go", ["do not → don't: spelling"]],
    ['en-US', 'he walked home', 'he walks home', ['walked → walks: same-stem']],
    ['en-US', 'their house', 'there house', ['their → there: sounds-alike']],
    ['en-US', 'someone else', 'sum one else', ['someone → sum one: sounds-alike']],
    ['en-US', 'a house', 'i house', ['a → i: other']],
    ['en-US', 'Hello, world', 'hello world', ['Hello, → hello: casing-punctuation']],
    ['en-US', 'a well-known man', 'a well known man', ['well-known → well known: casing-punctuation']],
    ['en-US', 'yes – no', 'yes no', ['– → : casing-punctuation']],
    ['en-US', 'cat sat', 'dog sat there', ['cat → dog: other', ' → there: insertion']],
    ['de-DE', 'einundzwanzig häuser', '21 häuser', ['einundzwanzig → 21: number-format']],
    ['de-DE', 'die häuser', 'die häusern', ['häuser → häusern: same-stem']],
    ['de-DE', 'die strasse', 'die straße', ['strasse → straße: spelling']],
    ['de-DE', 'haus tür', 'haustür', ['haus tür → haustür: compound']],
    [
      'fr-FR',
      'les grandes maisons',
      'les grande maison',
      ['grandes → grande: same-stem', 'maisons → maison: same-stem'],
    ],
    ['fr-FR', 'un café', 'un cafe', ['café → cafe: spelling']],
    ['ru-RU', 'новая книга', 'новая книги', ['книга → книги: same-stem']],
    ['ru-RU', 'ёлка', 'елка', ['ёлка → елка: spelling']],
    ['vi-VN', 'má', 'mà', ['má → mà: other']],
    ['ar-SA', 'أحمد', 'احمد', ['أحمد → احمد: spelling']],
    ['ja-JP', 'カメ', 'かめ', ['カ → か: spelling', 'メ → め: spelling']],
    ['zh-CN', '我们', '他们', ['我 → 他: other']],
  ])('%s: %s | %s', async (language, reference, hypothesis, expected) => {
    expect(await classesOf(language, reference, hypothesis)).toEqual(expected);
  });

  it('sums to the errors of the alignment and puts both texts together again', async () => {
    const lore = await loadWordLore('en-US');
    const text = fc.array(fc.constantFrom('a', 'b', 'ab', 'walk', 'walked', '21', 'twenty', 'one', 'their', 'there'), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(text, text, (reference, hypothesis) => {
        const alignment = alignTokens(reference, hypothesis);
        const errors = classifyErrors(alignment, lore);
        const { substitutions, deletions, insertions } = countSteps(alignment);
        expect(errors.reduce((sum, error) => sum + error.errors, 0)).toBe(substitutions + deletions + insertions);
        for (const error of errors) {
          const [i, j] = [error.referenceAt, error.hypothesisAt];
          expect(reference.slice(i, i + error.reference.length)).toEqual(error.reference);
          expect(hypothesis.slice(j, j + error.hypothesis.length)).toEqual(error.hypothesis);
        }
      }),
    );
  });

  it('takes the steps of the alignment for a runaway transcript', async () => {
    const reference = Array.from({ length: 30 }, (_, i) => `r${i}`);
    const hypothesis = Array.from({ length: 3000 }, (_, i) => `h${i}`);
    const errors = classifyErrors(alignTokens(reference, hypothesis), await loadWordLore('en-US'));
    expect(errors.filter(({ errorClass }) => errorClass === 'insertion')).toHaveLength(2970);
    expect(errors.reduce((sum, error) => sum + error.errors, 0)).toBe(3000);
  });
});
