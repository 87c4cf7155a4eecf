import { LevenshteinDistance } from 'natural/lib/natural/distance/index.js';
import { Bench } from 'tinybench';
import { below, seededRandom } from '../src/stats/random.js';
import { alignTokens, countErrors } from '../src/text/align.js';
/** A reference of words from a vocabulary of 3,000, and what a recognizer with 15 % errors would make of it. */
function pairOf(words, random) {
  const word = () => `w${below(random, 3_000)}`;
  const reference = Array.from({ length: words }, word);
  const hypothesis = reference.flatMap((spoken) => {
    const outcome = below(random, 100);
    if (outcome < 5) return [];
    if (outcome < 10) return [word()];
    return outcome < 15 ? [spoken, word()] : [spoken];
  });
  return { reference, hypothesis };
}
/** The peer's signature says strings; it only indexes and compares elements, so that lists of words do as well. */
function peerDistance({ reference, hypothesis }) {
  return LevenshteinDistance(reference, hypothesis);
}
/** Times word alignment beside `natural`'s Levenshtein distance, which counts errors but does not split them. */
export async function suite() {
  const random = seededRandom(1);
  const sentences = Array.from({ length: 100 }, () => pairOf(20, random));
  const talk = pairOf(1_500, random);
  const bench = new Bench({ time: 500, warmupTime: 200 });
  bench
    .add('count sentences', () => sentences.forEach(({ reference, hypothesis }) => countErrors(reference, hypothesis)))
    .add('align sentences', () => sentences.forEach(({ reference, hypothesis }) => alignTokens(reference, hypothesis)))
    .add('peer sentences', () => sentences.forEach(peerDistance))
    .add('count talk', () => countErrors(talk.reference, talk.hypothesis))
    .add('align talk', () => alignTokens(talk.reference, talk.hypothesis))
    .add('peer talk', () => peerDistance(talk));
  await bench.run();
  const medianMs = (name) => {
    const result = bench.getTask(name)?.result;
    if (result?.state !== 'completed') throw new Error(`The benchmark "${name}" did not complete`);
    return result.latency.p50;
  };
  const row = (name, ours, peer) => ({
    name,
    oursMs: medianMs(ours),
    peer: 'natural 8.1.1 LevenshteinDistance',
    peerMs: medianMs(peer),
  });
  return [
    row('count errors of 100 sentences of 20 words', 'count sentences', 'peer sentences'),
    row('align 100 sentences of 20 words', 'align sentences', 'peer sentences'),
    row('count errors of a talk of 1,500 words', 'count talk', 'peer talk'),
    row('align a talk of 1,500 words', 'align talk', 'peer talk'),
  ];
}
