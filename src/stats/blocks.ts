import type { ResamplingUnit } from '../types.ts';

/** What identifies the blocks that a record may belong to. */
interface Blocked {
  readonly utterance: string;
  readonly speaker: string | null;
  readonly session: string | null;
  readonly sentence: string | null;
}

/** Records grouped into what is resampled. */
export interface Blocks {
  readonly unit: ResamplingUnit;
  readonly count: number;
  /** The block of each record, 0 … count − 1. */
  readonly blockOf: Int32Array;
}

/** With fewer blocks, resampling knows little of how blocks differ, and intervals are rough. */
export const FEW_BLOCKS = 15;

const UNITS: readonly ResamplingUnit[] = ['speaker', 'session', 'sentence', 'utterance'];

/**
 * Groups records by the coarsest unit known for all of them: speaker, else session, else sentence (several readers of
 * one sentence make the same errors), else utterance. Errors within a block depend on each other, so resampling
 * utterances of few speakers gives intervals up to 3.4 times too narrow (Liu & Peng, arXiv 1912.09508).
 */
export function blocksOf(records: readonly Blocked[]): Blocks {
  const unit = UNITS.find((candidate) => records.every((record) => record[candidate] !== null)) ?? 'utterance';
  const numbers = new Map<string | null, number>();
  const blockOf = Int32Array.from(records, (record) => {
    const key = record[unit];
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
  return { unit, count: numbers.size, blockOf };
}
