import { describe, expect, it } from 'vitest';
import { goldenPairs } from '../text/__fixtures__/golden.ts';
import { cell, scored, scoredWith } from '../__fixtures__/records.ts';
import { valueOf } from './__fixtures__/value.ts';
import { metrics } from './index.ts';

describe('golden rates', () => {
  // Jiwer calls the number of insertions the rate of an empty reference; ours is unknown.
  const pairs = goldenPairs.filter((pair) => pair.unique && pair.ref !== '' && !/[\n\uFEFF]/u.test(pair.ref));

  it.each(pairs)('$id: WER, MER, WIL and WIP as jiwer', (pair) => {
    const records = scoredWith('raw', [{ reference: pair.ref, text: pair.hyp }]);
    // Jiwer does not compose; where composition changes a word, the pairs are not the same.
    if (pair.ref !== pair.ref.normalize('NFC') || pair.hyp !== pair.hyp.normalize('NFC')) return;
    expect(valueOf(metrics.wer, records)).toBeCloseTo(pair.jiwer.wer, 12);
    expect(valueOf(metrics.mer, records)).toBeCloseTo(pair.jiwer.mer, 12);
    expect(valueOf(metrics.wil, records)).toBeCloseTo(pair.jiwer.wil, 12);
    expect(valueOf(metrics.wip, records)).toBeCloseTo(pair.jiwer.wip, 12);
  });

  it.each(pairs.filter((pair) => !/\s/u.test(pair.ref.trim() + pair.hyp.trim()) && pair.jiwerChars.cer !== 0))(
    '$id: CER as jiwer, where there are no spaces',
    (pair) => {
      const records = scoredWith('raw', [{ reference: pair.ref, text: pair.hyp }]);
      expect(valueOf(metrics.cer, records)).toBeCloseTo(pair.jiwerChars.cer, 12);
    },
  );
});

describe('pooling', () => {
  it('divides sums, never averages rates', () => {
    const records = scored(
      { reference: 'a', text: 'x' },
      { reference: 'a b c d e f g h i', text: 'a b c d e f g h i' },
    );
    expect(valueOf(metrics.wer, records)).toBe(0.1);
  });

  it('may exceed one', () => {
    expect(valueOf(metrics.wer, scored({ reference: 'a', text: 'a b c d' }))).toBe(3);
  });

  it('keeps full precision', () => {
    expect(valueOf(metrics.wer, scored({ reference: 'a b c', text: 'a b x' }))).toBe(1 / 3);
  });
});

describe('empty sides', () => {
  it('an empty answer is a result: all deletions', () => {
    const records = scored({ text: '' }, { text: '' });
    expect(valueOf(metrics.wer, records)).toBe(1);
    expect(valueOf(metrics.deletionRate, records)).toBe(1);
    expect(valueOf(metrics.wip, records)).toBe(0);
    expect(valueOf(metrics.wil, records)).toBe(1);
  });

  it('text where nothing was said raises the pooled rate', () => {
    const silence = { reference: '', text: 'thanks for watching' };
    expect(valueOf(metrics.wer, scored({}, silence))).toBe(3 / 4);
    expect(valueOf(metrics.wer, scored(silence))).toBeNull();
  });

  it('silence heard as silence adds nothing', () => {
    expect(valueOf(metrics.wer, scored({}, { reference: '', text: '' }))).toBe(0);
  });
});

describe('failures', () => {
  const records = scored({ text: 'a b c x' }, { text: null });

  it('are left out of the rate and counted as deletions beside it', () => {
    expect(valueOf(metrics.wer, records)).toBe(1 / 4);
    expect(valueOf(metrics.werWithFailures, records)).toBe(5 / 8);
    expect(valueOf(metrics.cerWithFailures, records)).toBe(5 / 8);
    expect(valueOf(metrics.sentenceErrorRate, records)).toBe(1);
  });

  it('alone give no rate, neither perfect nor lost', () => {
    const failed = scored({ text: null });
    expect(valueOf(metrics.wer, failed)).toBeNull();
    expect(valueOf(metrics.cer, failed)).toBeNull();
    expect(valueOf(metrics.sentenceErrorRate, failed)).toBeNull();
    expect(valueOf(metrics.werWithFailures, failed)).toBe(1);
  });
});

describe('units', () => {
  const chinese = { cell: { ...cell, language: 'zh' }, reference: '我 有 三 个 苹果', text: '我有三个平果。' };

  it('Chinese is scored in characters, segmented or not', () => {
    const records = scored(chinese, { ...chinese, reference: '我有三个苹果' });
    expect(records[0]!.primaryUnit).toBe('character');
    expect(valueOf(metrics.cer, records)).toBe(1 / 6);
    expect(valueOf(metrics.substitutionRate, records)).toBe(1 / 6);
  });

  it('Chinese has no word error rate', () => {
    expect(valueOf(metrics.wer, scored(chinese))).toBeNull();
    expect(valueOf(metrics.werWithFailures, scored(chinese))).toBeNull();
  });

  it('Korean has both', () => {
    const korean = scored({
      cell: { ...cell, language: 'ko' },
      reference: '안녕하세요 세계',
      text: '안녕 하세요 세계',
    });
    expect(valueOf(metrics.wer, korean)).toBe(1);
    expect(valueOf(metrics.cer, korean)).toBe(0);
  });
});
