import { blocksOf } from '../stats/blocks.ts';
import { ratioInterval } from '../stats/bootstrap.ts';
import { rulesFor } from '../normalizers/index.ts';
import type { Normalizer } from '../normalizers/normalizer.ts';
import { countErrors } from '../text/align.ts';
import { tokenize } from '../text/tokens.ts';
import type { Interval, ScoredRecord } from '../types.ts';
import type { RuleEffect } from './analysis.ts';

const REPLICATES = 2_000;
const SEED = 1;

/** The tokens of a text as it stands and after every rule; neighbors that are equal are the same list. */
type Stages = readonly (readonly string[])[];

/** An error rate after every rule, and what each took off it. */
export interface EffectOfRules {
  readonly asWritten: number | null;
  readonly rate: number | null;
  /** Of the rate, by resampling blocks; `null` with fewer than two, or where they do not differ. */
  readonly interval: Interval | null;
  readonly rules: readonly RuleEffect[];
}

/**
 * Applies the rules of a normalizer one after the other to both sides of every pair and counts the errors after each.
 *
 * What a rule takes off the rate when its turn comes is its effect; the effects sum to what the normalizer does. They
 * belong to that order: "$5" and "five dollars" meet only once signs, digits and words have all had their turn, and
 * the last of them is credited.
 */
export class RuleCounter {
  readonly #rules;
  readonly #stages = new Map<string, Stages>();
  readonly #errors = new WeakMap<readonly string[], WeakMap<readonly string[], number>>();

  /** @param language BCP 47 tag of all records that will be counted. */
  constructor(normalizer: Normalizer, language: string) {
    this.#rules = rulesFor(normalizer, language);
  }

  /** Pools answered records of one cell; failures are left out. */
  count(records: readonly ScoredRecord[]): EffectOfRules {
    const errors = new Float64Array(this.#rules.length + 1);
    const lengths = new Float64Array(this.#rules.length + 1);
    const answered = records.filter(({ status, text }) => status !== 'failed' && text !== null);
    const ofRecords = [new Float64Array(answered.length), new Float64Array(answered.length)] as const;
    for (const [i, record] of answered.entries()) {
      const reference = this.#stagesOf(record.reference, record);
      ofRecords[0][i] = this.#add(errors, lengths, reference, this.#stagesOf(record.text!, record));
      ofRecords[1][i] = reference.at(-1)!.length;
    }
    const rates = Array.from(errors, (sum, i) => (lengths[i] === 0 ? null : sum / lengths[i]!));
    return {
      asWritten: rates[0]!,
      rate: rates.at(-1)!,
      interval: ratioInterval(...ofRecords, blocksOf(answered), SEED, REPLICATES),
      rules: this.#rules
        .map(({ name }, i) => ({ rule: name, reduction: (rates[i] ?? 0) - (rates[i + 1] ?? 0) }))
        .filter(({ reduction }) => reduction !== 0),
    };
  }

  /** @returns the errors after the last rule. */
  #add(errors: Float64Array, lengths: Float64Array, reference: Stages, hypothesis: Stages): number {
    let pairErrors = 0;
    for (let i = 0; i < errors.length; i++) {
      const [expected, found] = [reference[i]!, hypothesis[i]!];
      if (i === 0 || expected !== reference[i - 1] || found !== hypothesis[i - 1]) {
        pairErrors = this.#errorsOf(expected, found);
      }
      errors[i]! += pairErrors;
      lengths[i]! += expected.length;
    }
    return pairErrors;
  }

  /** Settings often agree on a transcript, and its tokens are then the same lists. */
  #errorsOf(expected: readonly string[], found: readonly string[]): number {
    const ofFound = this.#errors.get(found) ?? new WeakMap<readonly string[], number>();
    this.#errors.set(found, ofFound);
    const known = ofFound.get(expected);
    if (known !== undefined) return known;
    const { substitutions, deletions, insertions } = countErrors(expected, found);
    const errors = substitutions + deletions + insertions;
    ofFound.set(expected, errors);
    return errors;
  }

  #stagesOf(text: string, { primaryUnit: unit, characters }: ScoredRecord): Stages {
    const key = `${unit} ${characters} ${text}`;
    const known = this.#stages.get(key);
    if (known !== undefined) return known;
    let current = text;
    let tokens: readonly string[] = tokenize(text, unit, characters);
    const stages = [tokens];
    for (const rule of this.#rules) {
      const next = rule.apply(current);
      if (next !== current) {
        const nextTokens = tokenize(next, unit, characters);
        if (!areEqual(tokens, nextTokens)) tokens = nextTokens;
        current = next;
      }
      stages.push(tokens);
    }
    this.#stages.set(key, stages);
    return stages;
  }
}

function areEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((token, i) => token === right[i]);
}
