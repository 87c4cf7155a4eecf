import { readFileSync } from 'node:fs';

interface Counts {
  readonly hits: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

/** A row of `scoring.jsonl`; see the README beside it. */
export interface GoldenPair {
  readonly id: string;
  readonly category: string;
  readonly lang: string;
  readonly ref: string;
  readonly hyp: string;
  readonly jiwer: Counts & { readonly wer: number; readonly mer: number; readonly wil: number; readonly wip: number };
  readonly jiwerChars: Counts & { readonly cer: number };
  readonly minSubstitutions: number;
  readonly maxSubstitutions: number;
  readonly unique: boolean;
  readonly sclite: Omit<Counts, 'hits'> & { readonly correct: number } | null;
}

export const goldenPairs: readonly GoldenPair[] = readFileSync(new URL('scoring.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as GoldenPair);
