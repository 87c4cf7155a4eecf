import type { ScoredRecord } from '../types.ts';
import type {
  ClassedError,
  ErrorClassName,
  ErrorProfile,
  HallucinationCount,
  HallucinationKind,
  RecordErrors,
  RepeatedError,
} from './analysis.ts';
import { errorClassTitles } from './class-titles.ts';
import { hallucinations } from './hallucinations/index.ts';

const LISTED = 20;
const EXAMPLES = 3;

interface Tally {
  readonly errorClass: ErrorClassName;
  readonly reference: string;
  readonly hypothesis: string;
  count: number;
  readonly examples: string[];
}

/** Counts the errors and flags of answered records; the order of records decides which examples stand. */
export function profileErrors(
  answered: readonly (readonly [record: ScoredRecord, found: RecordErrors])[],
): ErrorProfile {
  const classes = Object.fromEntries(classNames.map((name) => [name, 0])) as Record<ErrorClassName, number>;
  const tallies = new Map<string, Tally>();
  const flagged = new Map<HallucinationKind, string[]>(hallucinations.map(({ kind }) => [kind, []]));
  for (const [{ utterance, primaryUnit }, found] of answered) {
    for (const error of found.errors) {
      classes[error.errorClass] += error.errors;
      add(tallies, error, primaryUnit === 'word' ? ' ' : '', utterance);
    }
    for (const { kind } of found.hallucinations) flagged.get(kind)!.push(utterance);
  }
  const repeated = [...tallies.values()].toSorted(mostFrequentFirst);
  const listed = (wanted: (tally: Tally) => boolean): RepeatedError[] => repeated.filter(wanted).slice(0, LISTED);
  return {
    utterances: answered.length,
    errors: Object.values(classes).reduce((sum, count) => sum + count, 0),
    classes,
    confusions: listed(({ reference, hypothesis }) => reference !== '' && hypothesis !== ''),
    deletions: listed(({ hypothesis }) => hypothesis === ''),
    insertions: listed(({ reference }) => reference === ''),
    hallucinated: answered.filter(([, found]) => found.hallucinations.length > 0).length,
    hallucinations: Object.fromEntries(
      hallucinations.map(({ kind }): [HallucinationKind, HallucinationCount] => {
        const ids = flagged.get(kind)!;
        return [kind, { utterances: ids.length, examples: ids.slice(0, EXAMPLES) }];
      }),
    ) as Readonly<Record<HallucinationKind, HallucinationCount>>,
  };
}

/** Every class that an error may have, in the order of {@link errorClassTitles}. */
export const classNames: readonly ErrorClassName[] = errorClassTitles.map(({ name }) => name);

function add(tallies: Map<string, Tally>, error: ClassedError, separator: string, utterance: string): void {
  const reference = error.reference.join(separator);
  const hypothesis = error.hypothesis.join(separator);
  const key = `${reference}\u0000${hypothesis}`;
  const known = tallies.get(key);
  if (known === undefined) {
    tallies.set(key, { errorClass: error.errorClass, reference, hypothesis, count: 1, examples: [utterance] });
    return;
  }
  known.count++;
  if (known.examples.length < EXAMPLES && !known.examples.includes(utterance)) known.examples.push(utterance);
}

/** Equal counts by text, so that equal input gives an equal list. */
function mostFrequentFirst(left: Tally, right: Tally): number {
  return (
    right.count - left.count ||
    (left.reference < right.reference ? -1 : left.reference > right.reference ? 1 : 0) ||
    (left.hypothesis < right.hypothesis ? -1 : left.hypothesis > right.hypothesis ? 1 : 0)
  );
}
