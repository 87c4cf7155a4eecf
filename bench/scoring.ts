import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { normalize, normalizers, type NormalizerName } from '../src/normalizers/index.ts';
import { blocksOf } from '../src/stats/blocks.ts';
import { resampleSums } from '../src/stats/bootstrap.ts';
import { below, seededRandom } from '../src/stats/random.ts';
import { alignTokens, countErrors } from '../src/text/align.ts';
import { words } from '../src/text/tokens.ts';
import { misheard } from './misheard.ts';
import { pythonPeers } from './peers/python-peers.ts';
import type { BenchRow } from './rows.ts';

const random = seededRandom(1);

/** As lists of reference and hypothesis. */
function pairOf(length: number, perMille: number): readonly [readonly string[], readonly string[]] {
  const { reference, hypothesis } = misheard(length, perMille, random);
  return [reference, hypothesis];
}

/** Shortest of three runs, or of as many as there are in a third of a second, in milliseconds. */
function timeMs(work: () => unknown): number {
  const end = performance.now() + 333;
  let shortest = Infinity;
  for (let run = 0; run < 3 || performance.now() < end; run++) {
    const start = performance.now();
    work();
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}

/** What `import … from 'earshot/scoring'` takes in a process of its own. */
function loadMs(): number {
  const script = `const start = performance.now();
    await import('./dist/scoring.js');
    console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }));
}

/** English of the embedded corpus, three sentences in a line, 29 words on average, numbers and contractions among them. */
function englishLines(count: number): string[] {
  const rows = readFileSync('datasets/spoken-commands/manifest.jsonl', 'utf8').trimEnd().split('\n');
  const sentences = rows
    .map((row) => JSON.parse(row) as { readonly lang: string; readonly text: string })
    .filter(({ lang }) => lang === 'en-US')
    .map(({ text }) => text);
  const sentence = (): string => sentences[below(random, sentences.length)]!;
  return Array.from({ length: count }, (_, i) => `${sentence()} It's No. ${i}, isn't it? ${sentence()} ${sentence()}`);
}

/** Times scoring at the size of large corpora, beside what the field uses, which is written in Python. */
export async function suite(): Promise<readonly BenchRow[]> {
  const pairs = Array.from({ length: 100_000 }, () => {
    const [reference, hypothesis] = pairOf(10 + below(random, 18), 80);
    return [reference.join(' '), hypothesis.join(' ')] as const;
  });
  const lines = englishLines(10_000);
  const talks = { short: pairOf(200, 150), talk: pairOf(2_000, 150), long: pairOf(20_000, 150) };
  const utterances = Array.from({ length: 5_000 }, (_, i) => ({
    utterance: `u${i}`,
    speaker: null,
    session: null,
    sentence: null,
  }));
  const errors = Float64Array.from(utterances, () => below(random, 4));
  const lengths = Float64Array.from(utterances, () => 10 + below(random, 18));

  const peers = await pythonPeers({ pairs, lines, ...talks });
  const corpusMs = timeMs(() =>
    pairs.map(([reference, hypothesis]) => countErrors(words(reference), words(hypothesis))),
  );
  const normalizeMs = (preset: NormalizerName): number =>
    timeMs(() => lines.map((line) => normalize(normalizers[preset], line, 'en-US')));
  return [
    { name: 'word errors of 100,000 pairs', oursMs: corpusMs, ...peers.corpus },
    { name: 'word errors of 100,000 pairs', oursMs: corpusMs, ...peers.pairs },
    { name: 'align 200 words', oursMs: timeMs(() => alignTokens(...talks.short)), ...peers.short },
    { name: 'align 2,000 words', oursMs: timeMs(() => alignTokens(...talks.talk)), ...peers.talk },
    { name: 'align 20,000 words', oursMs: timeMs(() => alignTokens(...talks.long)), ...peers.long },
    { name: 'normalize 10,000 lines: whisper-english', oursMs: normalizeMs('whisper-english'), ...peers.english },
    { name: 'normalize 10,000 lines: earshot', oursMs: normalizeMs('earshot'), ...peers.english },
    { name: 'normalize 10,000 lines: whisper-basic', oursMs: normalizeMs('whisper-basic'), ...peers.basic },
    {
      name: '10,000 replicates over 5,000 utterances',
      oursMs: timeMs(() => resampleSums([errors, lengths], blocksOf(utterances), 1)),
      peer: null,
      peerMs: null,
    },
    { name: 'load earshot/scoring', oursMs: Math.min(loadMs(), loadMs(), loadMs()), peer: null, peerMs: null },
  ];
}
