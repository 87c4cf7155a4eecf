import { describe, expect, it } from 'vitest';
import { reportInput } from './__fixtures__/report-input.ts';
import { silence } from './__fixtures__/silence.ts';
import { embedClips } from './audio-clips.ts';
import { worstUtterances } from './worst-utterances.ts';

const { records } = reportInput();

describe('worstUtterances', () => {
  it('gives each language its share, worst first', () => {
    const worst = worstUtterances(records, { perLanguage: 3, total: 32 });
    const languages = worst.map((utterance) => utterance.records[0]!.cell.language);
    expect(languages).toEqual([...languages].sort());
    expect(languages).toHaveLength(18);
    const rates = worst.slice(0, 3).map(({ errors, referenceLength }) => errors / referenceLength);
    expect(rates).toEqual(rates.toSorted((left, right) => right - left));
  });

  it('keeps the total', () => {
    expect(worstUtterances(records, { perLanguage: 4, total: 7 })).toHaveLength(6);
    expect(worstUtterances(records, { perLanguage: 4, total: 3 })).toHaveLength(3);
  });

  it('shows no utterance without an error, and counts a failure as none', () => {
    const clean = records.map((record) => ({ ...record, word: null, character: null, alignment: null }));
    expect(worstUtterances(clean, { perLanguage: 4, total: 32 })).toEqual([]);
  });
});

describe('embedClips', () => {
  const worst = worstUtterances(records, { perLanguage: 2, total: 12 });

  it('knows the format by its first bytes and leaves others out', async () => {
    const clips = await embedClips(worst, () => Promise.resolve(silence()), 1e9);
    expect(clips.get(worst[0]!)).toMatch(/^data:audio\/wav;base64,UklGR/);
    expect(await embedClips(worst, () => Promise.resolve(new TextEncoder().encode('<svg>')), 1e9)).toEqual(new Map());
  });

  it('stops at the limit and survives a clip that is gone', async () => {
    const size = silence().length;
    expect((await embedClips(worst, () => Promise.resolve(silence()), 2.5 * size)).size).toBe(2);
    expect((await embedClips(worst, () => Promise.resolve(null), 1e9)).size).toBe(0);
  });
});
