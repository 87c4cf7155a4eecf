import { normalize, normalizers } from '../src/normalizers/index.ts';
import { blocksOf } from '../src/stats/blocks.ts';
import { resampleSums } from '../src/stats/bootstrap.ts';
import { below, seededRandom } from '../src/stats/random.ts';
import { alignTokens, countErrors } from '../src/text/align.ts';
import { words } from '../src/text/tokens.ts';

// Measures scoring at the size of large corpora. Its peers are written in Python and are not run here; what they did
// on another day stands in the last column. Run from the repository's root: node dist/bench/bench/scoring.js

const random = seededRandom(1);
const word = (): string => `w${below(random, 3_000)}`;

/** What a recognizer with so many errors per thousand words would make of words. */
function pairOf(length: number, perMille: number): readonly [readonly string[], readonly string[]] {
  const reference = Array.from({ length }, word);
  const hypothesis = reference.flatMap((spoken) => {
    const outcome = below(random, 1_000);
    if (outcome < perMille / 3) return [];
    if (outcome < (perMille * 2) / 3) return [word()];
    return outcome < perMille ? [spoken, word()] : [spoken];
  });
  return [reference, hypothesis];
}

/** Shortest of three, in milliseconds. */
function timeMs(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

const corpus = Array.from({ length: 100_000 }, () => {
  const [reference, hypothesis] = pairOf(10 + below(random, 18), 80);
  return [reference.join(' '), hypothesis.join(' ')] as const;
});
const lines = corpus.map(([reference], i) => `Well, it's ${i} o'clock: ${reference}, isn't it?`);
const long = pairOf(20_000, 150);
const talk = pairOf(2_000, 150);
const short = pairOf(200, 150);
const utterances = Array.from({ length: 5_000 }, (_, i) => ({
  utterance: `u${i}`,
  speaker: null,
  session: null,
  sentence: null,
}));
const errors = Float64Array.from(utterances, () => below(random, 4));
const lengths = Float64Array.from(utterances, () => 10 + below(random, 18));

const corpusMs = timeMs(() =>
  corpus.map(([reference, hypothesis]) => countErrors(words(reference), words(hypothesis))),
);
const normalizeMs = timeMs(() => lines.map((line) => normalize(normalizers.earshot, line, 'en-US')));
const rows = [
  ['word errors of 100,000 pairs', corpusMs, `${Math.round(1e8 / corpusMs)} pairs/s`, 'jiwer 4.0.0: 17,000 pairs/s'],
  ['align 200 words', timeMs(() => alignTokens(...short)), '', ''],
  ['align 2,000 words', timeMs(() => alignTokens(...talk)), '', 'rapidfuzz 3.14.6 editops: 0.84 ms'],
  ['align 20,000 words', timeMs(() => alignTokens(...long)), '', ''],
  ['normalize 100,000 lines (earshot)', normalizeMs, `${Math.round(1e8 / normalizeMs)} lines/s`, ''],
  [
    '10,000 replicates over 5,000 utterances',
    timeMs(() => resampleSums([errors, lengths], blocksOf(utterances), 1)),
    '',
    '',
  ],
] as const;
console.table(rows.map(([what, ms, rate, recorded]) => ({ what, ms: Number(ms.toPrecision(3)), rate, recorded })));
