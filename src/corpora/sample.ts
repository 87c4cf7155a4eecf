import { hash } from 'node:crypto';
import type { StatedUtterance } from './corpus.ts';
import { durationBucket } from './slices.ts';

/** What may be kept in proportion in a sample. */
export const strata = ['speaker', 'duration'] as const;

export type Stratum = (typeof strata)[number];

/** An utterance of one language, as far as a sample has to know it. */
export interface Candidate {
  readonly language: string;
  readonly utterance: StatedUtterance;
}

/** The utterances that were chosen. */
export interface Chosen {
  readonly size: number;
  has(candidate: Candidate): boolean;
}

/** Every utterance there is. */
export const everything: Chosen = { size: Infinity, has: () => true };

interface SampleOptions {
  /** Most utterances per language. */
  readonly limit: number;
  readonly seed: number;
  /** Kept in the proportions of the whole; a simple random sample when empty. */
  readonly stratify: readonly Stratum[];
}

/**
 * Draws the same sample whatever the order of the rows: the utterances whose seeded hashes are smallest, in each
 * stratum as many as its share of the language. Memory grows with the sample and with the number of strata.
 */
export async function drawSample(
  candidates: (pass: 'count' | 'draw') => AsyncIterable<readonly Candidate[]>,
  options: SampleOptions,
): Promise<Chosen> {
  const quotas = options.stratify.length === 0 ? null : await countQuotas(candidates('count'), options);
  const smallest = new Map<string, Ranked[]>();
  for await (const batch of candidates('draw')) {
    for (const candidate of batch) {
      const stratum = stratumOf(candidate, options.stratify);
      const quota = quotas === null ? options.limit : (quotas.get(stratum) ?? 0);
      if (quota === 0) continue;
      const ranked = smallest.get(stratum) ?? [];
      smallest.set(stratum, ranked);
      keepSmallest(ranked, { id: candidate.utterance.id, rank: rankOf(candidate.utterance.id, options.seed) }, quota);
    }
  }
  const chosen = new Map([...smallest].map(([stratum, ranked]) => [stratum, new Set(ranked.map(({ id }) => id))]));
  return {
    size: [...chosen.values()].reduce((sum, { size }) => sum + size, 0),
    has: (candidate) => chosen.get(stratumOf(candidate, options.stratify))?.has(candidate.utterance.id) ?? false,
  };
}

interface Ranked {
  readonly id: string;
  readonly rank: string;
}

function keepSmallest(ranked: Ranked[], candidate: Ranked, most: number): void {
  if (ranked.length === most && candidate.rank >= ranked.at(-1)!.rank) return;
  let low = 0;
  for (let high = ranked.length; low < high;) {
    const middle = (low + high) >> 1;
    if (ranked[middle]!.rank > candidate.rank) high = middle;
    else low = middle + 1;
  }
  ranked.splice(low, 0, candidate);
  if (ranked.length > most) ranked.pop();
}

function rankOf(id: string, seed: number): string {
  return hash('sha256', `${seed}:${id}`, 'hex');
}

function stratumOf({ language, utterance }: Candidate, stratify: readonly Stratum[]): string {
  const parts = stratify.map((stratum) =>
    stratum === 'speaker' ? (utterance.speaker ?? '') : durationBucket(utterance.durationSeconds),
  );
  return [language, ...parts].join('\n');
}

/**
 * How many to take of each stratum: systematic sampling over the strata in seeded order, which gives each its expected
 * share and loses nobody's chance when there are more strata than places.
 */
async function countQuotas(
  candidates: AsyncIterable<readonly Candidate[]>,
  { limit, seed, stratify }: SampleOptions,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const totals = new Map<string, number>();
  for await (const batch of candidates) {
    for (const candidate of batch) {
      const stratum = stratumOf(candidate, stratify);
      sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1);
      totals.set(candidate.language, (totals.get(candidate.language) ?? 0) + 1);
    }
  }
  const quotas = new Map<string, number>();
  const order = [...sizes.keys()].map((stratum) => ({ stratum, rank: rankOf(stratum, seed) }));
  order.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  const passed = new Map<string, number>();
  for (const { stratum } of order) {
    const language = stratum.split('\n')[0]!;
    const total = totals.get(language)!;
    const before = passed.get(language) ?? 0;
    const after = before + sizes.get(stratum)!;
    passed.set(language, after);
    const share = Math.min(limit, total) / total;
    quotas.set(stratum, Math.floor(after * share + 0.5) - Math.floor(before * share + 0.5));
  }
  return quotas;
}
