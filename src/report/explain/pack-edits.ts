import type { ClassedError } from '../../analysis/analysis.ts';
import { classNames } from '../../analysis/profile.ts';
import type { AlignmentStep } from '../../types.ts';
import type { Numbering } from './numbering.ts';
import { editKinds } from './packed.ts';

/**
 * Appends an alignment's edits; see `PackedErrors.results.edit`.
 * @param errors as classified, in the order of the text; together they stand for all edits.
 * @returns how many edits there are.
 */
export function packEdits(
  alignment: readonly AlignmentStep[],
  errors: readonly ClassedError[],
  tokens: Numbering,
  edits: number[],
): number {
  let count = 0;
  let hits = 0;
  let error = 0;
  let left = errors[0]?.errors ?? 0;
  for (const { operation, hypothesis } of alignment) {
    if (operation === 'hit') {
      hits++;
      continue;
    }
    while (left === 0 && error + 1 < errors.length) left = errors[++error]!.errors;
    left--;
    const errorClass = errors[error]?.errorClass;
    edits.push(
      hits,
      editKinds.indexOf(operation),
      hypothesis === null ? -1 : tokens.of(hypothesis),
      errorClass === undefined ? -1 : classNames.indexOf(errorClass),
    );
    hits = 0;
    count++;
  }
  return count;
}
