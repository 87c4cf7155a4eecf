import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, scored } from '../__fixtures__/records.ts';
import { hallucinationRate } from '../metrics/hallucination.ts';
import { compressedLength } from '../text/compressed-length.ts';
import { flagHallucinations } from './flag-hallucinations.ts';

function flagsOf(language: string, reference: string, text: string): string[] {
  const [record] = scored({ cell: { ...cell, language }, reference, text });
  return flagHallucinations(record!).map(({ kind, reason }) => `${kind}: ${reason}`);
}

const speech =
  'The committee met on Tuesday to discuss the budget for next year, and three members asked for more time to read it.';

describe('signs of hallucination', () => {
  it.each([
    ['en-US', '', 'Thank you.', ['text-on-silence: 2 words where nobody spoke']],
    ['ja-JP', '', 'はい', ['text-on-silence: 2 characters where nobody spoke']],
    ['en-US', 'yes', 'yes I think that we should go', ['too-long: 7.0 times as long as the reference (from 2 on)']],
    ['en-US', 'yes', 'yes I think that we', []],
    ['en-US', 'stop it now', 'stop it now now now now', ['repetition: “now” 4 times in a row (from 4 on)']],
    ['en-US', 'now now now now', 'now now now now', []],
    [
      'en-US',
      speech,
      `${speech} to read it to read it to read it`,
      ['repetition: “to read it” 4 times in a row (from 3 on)'],
    ],
    [
      'ru-RU',
      'добрый день',
      'dobry den',
      ["wrong-script: 100% of the letters are not of the language's script (from 50% on)"],
    ],
    ['ru-RU', 'это iPhone', 'iPhone iPhone', []],
    ['ru-RU', 'это был новый телефон', 'это был новый iPhone', []],
    ['ja-JP', '東京へ行きます', '東京へ行きます', []],
    ['sr-RS', 'dobar dan', 'добар дан', []],
    ['en-US', speech, speech, []],
    ['en-US', speech, '', []],
  ])('%s: %s | %s', (language, reference, text, expected) => {
    expect(flagsOf(language, reference, text)).toEqual(expected);
  });

  it('sees a loop by its compression, unless the reference is one', () => {
    const loop = 'and so on and so forth, '.repeat(12);
    expect(flagsOf('en-US', speech, loop)).toContainEqual(expect.stringMatching(/^compressible: compresses \d/));
    expect(flagsOf('en-US', loop, loop)).toEqual([]);
  });

  it('finds none in a transcript that equals its reference', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(flagsOf('en-US', text, text)).toEqual([]);
      }),
    );
  });

  it('finds none in a failure, and counts answers', () => {
    const records = scored(
      { utterance: 'a', reference: '', text: 'Thank you.' },
      { utterance: 'b', reference: 'a b', text: 'a b' },
      { utterance: 'c', reference: 'a b', text: null },
    );
    expect(flagHallucinations(records[2]!)).toEqual([]);
    expect(records.flatMap((record) => [hallucinationRate.terms(record)])).toEqual([[1, 1], [0, 1], null]);
  });
});

describe('length after compression', () => {
  const utf8 = new TextEncoder();
  // The sizes of real transcripts and of loops; zlib is what Whisper measures with.
  it.each([
    ['speech', speech],
    ['long speech', `${speech} ${speech.split(' ').reverse().join(' ')} ${speech.toUpperCase()}`],
    ['a loop', 'thank you for watching '.repeat(20)],
    ['a long loop', 'the end of the '.repeat(200)],
    ['speech that ends in a loop', `${speech} ${'no '.repeat(60)}`],
    ['Japanese', 'ご視聴ありがとうございました。次の動画でお会いしましょう。'.repeat(6)],
    ['Hindi', 'कृपया साढ़े सात बजे रसोई की बत्ती बंद कर दें और दरवाज़ा खुला छोड़ दें '.repeat(4)],
  ])('is near that of zlib: %s', (_, text) => {
    const bytes = utf8.encode(text);
    const ratio = compressedLength(bytes) / deflateSync(bytes).length;
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  it('takes long and hostile input', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        const length = compressedLength(bytes);
        expect(length).toBeGreaterThan(0);
        expect(length).toBeLessThan(bytes.length * 1.3 + 20);
      }),
      { numRuns: 30 },
    );
    expect(compressedLength(new Uint8Array(300_000))).toBeLessThan(3000);
  });
});
