import { compareCells } from '../charts/cell-names.ts';
import { groupBy } from '../charts/group-by.ts';
import { cellId } from '../metrics/by-cell.ts';
import { blocksOf } from '../stats/blocks.ts';
import { ratioInterval } from '../stats/bootstrap.ts';
import { quantile } from '../stats/quantiles.ts';
import type { Cell, Interval, ResamplingUnit, ScoredRecord } from '../types.ts';

/** A field with more values than this is no slicing, unless they are numbers: then thirds are made of them. */
const MOST_VALUES = 24;
const MOST_NUMBERS = 6;
const REPLICATES = 1_000;
const SEED = 1;

/** The primary error rate of one cell on the utterances that have one value of a field. */
export interface SliceRate {
  readonly cell: Cell;
  readonly rate: number | null;
  /** 95 %, by resampling; `null` with fewer than two blocks, or where they do not differ. */
  readonly interval: Interval | null;
  /** Answered utterances. */
  readonly n: number;
  readonly resampled: ResamplingUnit;
  readonly blocks: number;
}

export interface Slice {
  readonly language: string;
  readonly corpus: string;
  readonly value: string;
  /** In the order of the cells. */
  readonly rates: readonly SliceRate[];
}

export interface SlicedField {
  readonly field: string;
  readonly slices: readonly Slice[];
}

type Value = ScoredRecord['attributes'][string];

/**
 * What every cell makes of speakers, genders, ages, accents, lengths, noise and whatever else the corpus says of its
 * utterances. Fields in which the utterances of no language differ are left out, as are those with a value of their own
 * for almost every utterance; of numbers with many values, such as an estimated signal-to-noise ratio, thirds are made
 * per language and corpus, each with as many utterances.
 */
export function sliceErrors(records: readonly ScoredRecord[]): readonly SlicedField[] {
  const groups = [...groupBy(records, ({ cell }) => JSON.stringify([cell.language, cell.corpus])).values()].toSorted(
    ([left], [right]) => compareCells(left!.cell, right!.cell),
  );
  const fields = new Set(records.flatMap(({ attributes }) => Object.keys(attributes)));
  return [...fields, 'speaker'].flatMap((field) => {
    const slices = groups.flatMap((group) => sliceGroup(group, (record) => valueOf(record, field)));
    return slices.length === 0 ? [] : { field, slices };
  });
}

function valueOf({ speaker, attributes }: ScoredRecord, field: string): Value {
  return field === 'speaker' ? speaker : (attributes[field] ?? null);
}

function sliceGroup(group: readonly ScoredRecord[], valueOf: (record: ScoredRecord) => Value): Slice[] {
  const [{ cell }] = group as [ScoredRecord];
  const name = nameOf(group.map(valueOf));
  if (name === null) return [];
  const named = groupBy(
    group.filter((record) => valueOf(record) !== null),
    (record) => name.text(valueOf(record)),
  );
  return name.order
    .filter((value) => named.has(value))
    .map((value) => ({
      ...{ language: cell.language, corpus: cell.corpus, value },
      rates: [...groupBy(named.get(value)!, (record) => cellId(record.cell)).values()]
        .toSorted(([left], [right]) => compareCells(left!.cell, right!.cell))
        .map(rateOf),
    }));
}

/** How the values of a field are named and ordered; `null` where they make no slices. */
function nameOf(values: readonly Value[]): { text: (value: Value) => string; order: readonly string[] } | null {
  const known = [...new Set(values.filter((value) => value !== null))];
  if (known.length < 2) return null;
  const numbers = known.filter((value) => typeof value === 'number').toSorted((left, right) => left - right);
  if (numbers.length === known.length && known.length > MOST_NUMBERS) {
    const all = values.filter((value) => typeof value === 'number').toSorted((left, right) => left - right);
    const [first, second] = [quantile(all, 1 / 3)!, quantile(all, 2 / 3)!].map((bound) => Number(bound.toPrecision(3)));
    const order = [`up to ${first}`, `${first} to ${second}`, `over ${second}`];
    return { order, text: (value) => order[Number(value) <= first! ? 0 : Number(value) <= second! ? 1 : 2]! };
  }
  if (known.length > MOST_VALUES) return null;
  const order = numbers.length === known.length ? numbers.map(String) : known.map(String).toSorted();
  return { order, text: String };
}

function rateOf(records: readonly ScoredRecord[]): SliceRate {
  const answered = records.filter(({ alignment }) => alignment !== null);
  const counts = answered.map(({ primaryUnit, word, character }) => (primaryUnit === 'word' ? word : character)!);
  const errors = Float64Array.from(counts, (one) => one.substitutions + one.deletions + one.insertions);
  const lengths = Float64Array.from(counts, (one) => one.hits + one.substitutions + one.deletions);
  const length = sum(lengths);
  const blocks = blocksOf(answered);
  return {
    cell: records[0]!.cell,
    rate: length === 0 ? null : sum(errors) / length,
    interval: ratioInterval(errors, lengths, blocks, SEED, REPLICATES),
    ...{ n: answered.length, resampled: blocks.unit, blocks: blocks.count },
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
