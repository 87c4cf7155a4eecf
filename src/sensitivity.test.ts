import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, record } from './__fixtures__/records.ts';
import { normalizers } from './normalizers/index.ts';
import { score } from './score.ts';
import { measureSensitivity } from './sensitivity.ts';
import { totalCounts } from './summarize.ts';

/** Heard by two backends: one writes numbers as digits, as the references do, the other spells them out. */
const sentences = [
  { reference: 'It took 25 days.', digits: 'it took 25 days', spelled: 'it took twenty five days' },
  { reference: 'Room 112 is free.', digits: 'room 112 is tree', spelled: 'room one hundred and twelve is free' },
  { reference: 'We saw 3 ships.', digits: 'we sat 3 ships', spelled: 'we saw three ships' },
  { reference: 'The colour was red.', digits: 'the colour was bread', spelled: 'the color was red' },
];

function records(normalizer: keyof typeof normalizers) {
  const heard = sentences.flatMap(({ reference, digits, spelled }, i) =>
    (['digits', 'spelled'] as const).map((backend) =>
      record({
        key: `${backend} ${i}`,
        utterance: `u${i}`,
        cell: { ...cell, backend, language: 'en-US' },
        reference,
        text: { digits, spelled }[backend],
      }),
    ),
  );
  return score(heard, { normalizer: normalizers[normalizer] });
}

describe('sensitivity to the normalizer', () => {
  it('finds the flip that number rules make, and names them', () => {
    const { flips, cells } = measureSensitivity(records('earshot'))!;
    const flip = flips.find(({ preset }) => preset === 'case-punctuation')!;
    expect([flip.better.backend, flip.worse.backend]).toEqual(['spelled', 'digits']);
    expect(flip.causes[0]!.rule).toBe('number-words');
    expect(flips.map(({ preset }) => preset).toSorted()).toEqual(['case-punctuation', 'raw', 'whisper-basic']);
    const ranks = (preset: string) => cells.map(({ cell: { backend }, presets }) => [backend, presets[preset]!.rank]);
    expect(ranks('whisper-english')).toEqual([
      ['digits', 2],
      ['spelled', 1],
    ]);
    expect(ranks('whisper-basic')).toEqual([
      ['digits', 1],
      ['spelled', 2],
    ]);
  });

  it('sees the same flips from the other side', () => {
    const { flips } = measureSensitivity(records('case-punctuation'))!;
    expect(flips.map(({ preset, better }) => [preset, better.backend])).toEqual(
      expect.arrayContaining([
        ['earshot', 'digits'],
        ['whisper-english', 'digits'],
      ]),
    );
    const causes = flips.find(({ preset }) => preset === 'whisper-english')!.causes;
    expect(causes[0]!.rule).toBe('numbers');
  });

  it('gives the rate that scoring with the preset gives, and effects that sum to it', () => {
    const word = fc.constantFrom('It', 'it,', 'colour', 'color', '21', 'twenty one', 'uh', "don't", 'do not', '–', '');
    const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (pairs) => {
        const heard = pairs.map(([reference, found], i) =>
          record({ key: `${i}`, utterance: `${i}`, cell: { ...cell, language: 'en-GB' }, reference, text: found }),
        );
        const { cells, flips } = measureSensitivity(score(heard, { normalizer: normalizers.raw }))!;
        const { asWritten, presets } = cells[0]!;
        for (const [name, { rate, rules }] of Object.entries(presets)) {
          const scored = score(heard, { normalizer: normalizers[name as keyof typeof normalizers] });
          const { hits, substitutions, deletions, insertions } = totalCounts(scored.map(({ word: counts }) => counts));
          const length = hits + substitutions + deletions;
          expect(rate).toBe(length === 0 ? null : (substitutions + deletions + insertions) / length);
          if (rate === null || asWritten === null) continue;
          expect(asWritten - rules.reduce((sum, { reduction }) => sum + reduction, 0)).toBeCloseTo(rate, 9);
        }
        expect(flips).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('has causes that make up the difference', () => {
    for (const { difference, presetDifference, causes } of measureSensitivity(records('raw'))!.flips) {
      const moved = causes.reduce((sum, { shift }) => sum + shift, 0);
      expect(moved).toBeCloseTo(presetDifference - difference, 9);
    }
  });

  it('leaves whisper-english to English, and failures out', () => {
    const german = { ...cell, language: 'de-DE' };
    const heard = [
      record({ key: 'a', cell: german, reference: 'ein Haus', text: 'ein Haus' }),
      record({ key: 'b', cell: german, reference: 'ein Haus', text: null, status: 'failed' }),
    ];
    const [only] = measureSensitivity(score(heard, { normalizer: normalizers.earshot }))!.cells;
    expect(only!.presets['whisper-english']).toEqual({ rate: null, interval: null, rank: null, rules: [] });
    expect(only!.presets['raw']!.rate).toBe(0);
  });

  it('has nothing to tell without records', () => {
    expect(measureSensitivity([])).toBeNull();
  });

  it('gives each rate an interval by speakers, which holds the rate', () => {
    const heard = Array.from({ length: 20 }, (_, i) =>
      record({
        ...{ key: `u${i}`, utterance: `u${i}`, speaker: `s${i % 10}` },
        text: i % 10 < 3 ? 'a b c x' : 'a b c d',
      }),
    );
    const [only] = measureSensitivity(score(heard, { normalizer: normalizers.earshot }))!.cells;
    const { rate, interval } = only!.presets['raw']!;
    expect(rate).toBe(6 / 80);
    expect(interval!.low).toBeLessThan(rate!);
    expect(interval!.high).toBeGreaterThan(rate!);
    const one = measureSensitivity(score(heard.slice(0, 1), { normalizer: normalizers.earshot }))!.cells[0]!;
    expect(one.presets['raw']!.interval).toBeNull();
  });
});
