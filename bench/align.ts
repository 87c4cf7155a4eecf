import { LevenshteinDistance } from 'natural/lib/natural/distance/index.js';
import { Bench } from 'tinybench';
import { seededRandom } from '../src/stats/random.ts';
import { alignTokens, countErrors } from '../src/text/align.ts';
import { misheard, type Pair } from './misheard.ts';
import { medianMs, type BenchRow } from './rows.ts';

/** The peer's signature says strings; it only indexes and compares elements, so that lists of words do as well. */
function peerDistance({ reference, hypothesis }: Pair): number {
  return LevenshteinDistance(reference as unknown as string, hypothesis as unknown as string);
}

/** Times word alignment beside `natural`'s Levenshtein distance, which counts errors but does not split them. */
export async function suite(): Promise<readonly BenchRow[]> {
  const random = seededRandom(1);
  const sentences = Array.from({ length: 100 }, () => misheard(20, 150, random));
  const talk = misheard(1_500, 150, random);
  const bench = new Bench({ time: 500, warmupTime: 200 });
  bench
    .add('count sentences', () => sentences.forEach(({ reference, hypothesis }) => countErrors(reference, hypothesis)))
    .add('align sentences', () => sentences.forEach(({ reference, hypothesis }) => alignTokens(reference, hypothesis)))
    .add('peer sentences', () => sentences.forEach(peerDistance))
    .add('count talk', () => countErrors(talk.reference, talk.hypothesis))
    .add('align talk', () => alignTokens(talk.reference, talk.hypothesis))
    .add('peer talk', () => peerDistance(talk));
  await bench.run();
  const row = (name: string, ours: string, peer: string) => ({
    name,
    oursMs: medianMs(bench, ours),
    peer: 'natural 8.1.1 LevenshteinDistance',
    peerMs: medianMs(bench, peer),
  });
  return [
    row('count errors of 100 sentences of 20 words', 'count sentences', 'peer sentences'),
    row('align 100 sentences of 20 words', 'align sentences', 'peer sentences'),
    row('count errors of a talk of 1,500 words', 'count talk', 'peer talk'),
    row('align a talk of 1,500 words', 'align talk', 'peer talk'),
  ];
}
