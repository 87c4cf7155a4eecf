import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, record } from './__fixtures__/records.ts';
import { estimateAll } from './metrics/estimate.ts';
import { normalize, normalizers, type NormalizerName } from './normalizers/index.ts';
import { score } from './score.ts';
import { countErrors } from './text/align.ts';
import { countErrorsAsSclite } from './text/sclite.ts';
import { primaryUnitOf } from './text/units.ts';
import type { ResultRecord } from './types.ts';

// Mistakes that scorers of the field have made, each of which would change a published figure.

const options = { normalizer: normalizers.earshot };
const measured = (records: readonly ResultRecord[]) => estimateAll(score(records, options), records.length, 1);
const made = (text: string, locale: string): string => normalize(normalizers.earshot, text, locale);
const ids = (texts: readonly (readonly [string, string | null])[]): ResultRecord[] =>
  texts.map(([reference, text], i) =>
    record({
      ...{ key: `u${i}`, utterance: `u${i}`, speaker: `s${i}`, reference, text },
      status: text === null ? 'failed' : text === '' ? 'empty' : 'ok',
    }),
  );

describe('failed, empty and missing', () => {
  it('a failure is neither an empty answer nor a perfect one: two rates, side by side', () => {
    const { wer, werWithFailures } = measured(
      ids([
        ['a b c d', 'a b c x'],
        ['e f g h', null],
      ]),
    );
    expect(wer!.value).toBe(1 / 4);
    expect(werWithFailures!.value).toBe(5 / 8);
  });

  it('a backend that always fails has no rate', () => {
    expect(measured(ids([['a b', null]])).wer!.value).toBeNull();
  });

  it('empty answers are results: who says nothing errs on every word', () => {
    expect(
      measured(
        ids([
          ['a b', ''],
          ['c', ''],
        ]),
      ).wer!.value,
    ).toBe(1);
  });

  it('words on silence count as insertions', () => {
    expect(
      measured(
        ids([
          ['', 'thank you'],
          ['a b c d', 'a b c d'],
        ]),
      ).wer!.value,
    ).toBe(2 / 4);
  });

  it('nothing is capped', () => {
    expect(measured(ids([['a', 'b c d']])).wer!.value).toBe(3);
  });
});

describe('sums, not means', () => {
  it('a rate is errors over words of all utterances', () => {
    const { wer } = measured(
      ids([
        ['a', 'b'],
        ['a b c d e f g h i', 'a b c d e f g h i'],
      ]),
    );
    expect(wer!.value).toBe(1 / 10);
  });

  it('no order of records changes a rate, and each keeps its own', () => {
    const records = ids([
      ['a b', 'a x'],
      ['c', 'c'],
      ['d e f', 'd'],
    ]);
    const shuffled = [records[2]!, records[0]!, records[1]!];
    expect(measured(shuffled).wer!.value).toBe(measured(records).wer!.value);
    expect(score(shuffled, options).map(({ utterance }) => utterance)).toEqual(['u2', 'u0', 'u1']);
  });
});

describe('normalizers', () => {
  const names = Object.keys(normalizers) as NormalizerName[];

  it('see one text only: a pair is scored as its sides are normalized alone', () => {
    const texts = fc.stringMatching(/^(?:[a-z]{1,4}|some one|someone|\d{1,3}|-|\.| ){0,8}$/u);
    fc.assert(
      fc.property(texts, texts, fc.constantFrom(...names), (reference, text, name) => {
        const [scored] = score([record({ reference, text })], { normalizer: normalizers[name] });
        expect(scored!.normalizedReference).toBe(normalize(normalizers[name], reference, cell.language));
        expect(scored!.normalizedHypothesis).toBe(normalize(normalizers[name], text, cell.language));
      }),
      { numRuns: 200 },
    );
  });

  it.each(names)('%s treats both sides alike: the same text is no error', (name) => {
    const text = 'On 21st May, at 10:00, she’d paid $5.50 — “OK”!';
    const [scored] = score([record({ reference: text, text })], { normalizer: normalizers[name] });
    expect(scored!.word).toMatchObject({ substitutions: 0, deletions: 0, insertions: 0 });
  });

  it.each([
    ['hi-IN', 'हिन्दी में', 'हिन्दी में'],
    ['th-TH', 'ภาษาไทยดีมาก', 'ภาษาไทยดีมาก'],
    ['ta', 'தமிழ் மொழி', 'தமிழ் மொழி'],
    ['bn', 'বাংলা ভাষা', 'বাংলা ভাষা'],
    ['te', 'తెలుగు భాష', 'తెలుగు భాష'],
  ])('keep the combining marks of %s', (locale, text, kept) => {
    expect(made(text, locale)).toBe(kept.normalize('NFC'));
  });

  it('drop vowel points of Arabic and Hebrew on both sides, letters of neither', () => {
    expect(made('مُحَمَّد', 'ar')).toBe(made('محمد', 'ar'));
    expect(made('שָׁלוֹם', 'he-IL')).toBe(made('שלום', 'he-IL'));
    expect(made('محمد', 'ar')).toBe('محمد');
  });

  it('lower case as the locale does', () => {
    expect(made('ISPARTA İZMİR', 'tr-TR')).toBe('ısparta izmir');
    expect(made('ISPARTA', 'az')).toBe('ısparta');
    expect(made('ISPARTA', 'en-US')).toBe('isparta');
    expect(made('ΟΔΌΣ', 'el-GR')).toBe('οδός');
  });

  it('never lose a zero', () => {
    expect(made('0', 'en-US')).toBe(made('zero', 'en-US'));
    expect(made('0', 'en-US')).not.toBe('');
    expect(made('the score was 3 to 0', 'en-US')).toMatch(/ 0$/u);
    expect(made('0 Grad', 'de-DE')).toBe(made('null Grad', 'de-DE'));
  });

  it('keep times, ordinals and units apart from plain numbers', () => {
    expect(made('10:00', 'en-US')).not.toBe(made('100', 'en-US'));
    expect(made('10:05', 'en-US')).toBe(made('ten o five', 'en-US'));
    expect(made('the 21st', 'en-US')).toBe(made('the twenty-first', 'en-US'));
    expect(made('21st', 'en-US')).not.toBe(made('21', 'en-US'));
    expect(made('20mm', 'en-US')).toBe(made('twenty millimeters', 'en-US'));
  });

  it('compare numbers by value: 21 is twenty-one and is not 12', () => {
    expect(made('twenty one', 'en-US')).toBe(made('21', 'en-US'));
    expect(made('twelve', 'en-US')).not.toBe(made('21', 'en-US'));
  });

  it.each(['\u0020', '\u00a0', '\u2009', '\u202f', '\u2007', '\u3000'])(
    'read thousands that are grouped by the space U+%#',
    (space) => {
      for (const locale of ['fr-FR', 'sv-SE', 'fi-FI', 'cs-CZ', 'nb-NO']) {
        expect(made(`12${space}500`, locale), locale).toBe(made('12500', locale));
      }
    },
  );
});

describe('units', () => {
  it('languages without spaces are scored in characters', () => {
    for (const locale of ['zh-CN', 'ja-JP', 'th-TH', 'lo', 'my', 'km', 'yue']) {
      expect(primaryUnitOf(locale), locale).toBe('character');
    }
    for (const locale of ['ko-KR', 'vi-VN', 'en-US', 'hi-IN']) expect(primaryUnitOf(locale), locale).toBe('word');
  });

  it('spaces of a reference that somebody segmented are no errors', () => {
    const chinese = { ...cell, language: 'zh-CN' };
    const [scored] = score([record({ cell: chinese, reference: '今天 天气 很 好', text: '今天天气很好' })], options);
    expect(scored!.character).toMatchObject({ hits: 6, substitutions: 0, deletions: 0, insertions: 0 });
  });

  it('costs of 3 and 4, as sclite has them, may prefer more errors than there need be', () => {
    const reference = 'x y z a b'.split(' ');
    const hypothesis = 'a b p q r'.split(' ');
    expect(countErrors(reference, hypothesis)).toEqual({ hits: 0, substitutions: 5, deletions: 0, insertions: 0 });
    expect(countErrorsAsSclite(reference, hypothesis)).toEqual({
      ...{ hits: 2, substitutions: 0, deletions: 3, insertions: 3 },
    });
  });
});

describe('intervals', () => {
  const utterances = Array.from({ length: 400 }, (_, i) => {
    const speaker = `s${i % 40}`;
    // Some speakers are hard throughout, as in life.
    const isHard = (i % 40) % 4 === 0;
    return record({
      ...{ key: `u${i}`, utterance: `u${i}`, speaker, reference: 'a b c d e f g h i j' },
      text: isHard ? 'a b c d e f g' : 'a b c d e f g h i j',
    });
  });

  it('name the unit that was resampled, and are wider by speaker than by utterance', () => {
    const bySpeaker = measured(utterances).wer!;
    const byUtterance = measured(utterances.map((one) => ({ ...one, speaker: null }))).wer!;
    expect([bySpeaker.resampled, byUtterance.resampled]).toEqual(['speaker', 'utterance']);
    const width = ({ interval }: typeof bySpeaker): number => interval!.high - interval!.low;
    expect(width(bySpeaker)).toBeGreaterThan(2 * width(byUtterance));
  });
});
