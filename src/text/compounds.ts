import type { AlignmentStep } from '../types.ts';

/** Words that may be written together on the other side. */
const LONGEST = 3;

/**
 * The fewest errors if words written together or apart were the same: "some one" = "someone" costs nothing. Only
 * within stretches of errors; words that were paired as equal stay so.
 */
export function errorsAcrossCompounds(alignment: readonly AlignmentStep[]): number {
  let errors = 0;
  let reference: string[] = [];
  let hypothesis: string[] = [];
  const close = (): void => {
    errors += fewestErrors(reference, hypothesis);
    reference = [];
    hypothesis = [];
  };
  for (const step of alignment) {
    if (step.operation === 'hit') close();
    else {
      if (step.reference !== null) reference.push(step.reference);
      if (step.hypothesis !== null) hypothesis.push(step.hypothesis);
    }
  }
  close();
  return errors;
}

/** Edit distance in which up to three words of either side pair for nothing when they spell the same together. */
function fewestErrors(reference: readonly string[], hypothesis: readonly string[]): number {
  const table: number[][] = [];
  for (let i = 0; i <= reference.length; i++) {
    const row: number[] = [];
    table.push(row);
    for (let j = 0; j <= hypothesis.length; j++) {
      let best = i === 0 && j === 0 ? 0 : Infinity;
      if (i > 0) best = Math.min(best, table[i - 1]![j]! + 1);
      if (j > 0) best = Math.min(best, row[j - 1]! + 1);
      if (i > 0 && j > 0) best = Math.min(best, table[i - 1]![j - 1]! + 1);
      for (let left = 1; left <= Math.min(LONGEST, i); left++) {
        const joined = reference.slice(i - left, i).join('');
        for (let right = 1; right <= Math.min(LONGEST, j); right++) {
          if (joined === hypothesis.slice(j - right, j).join('')) best = Math.min(best, table[i - left]![j - right]!);
        }
      }
      row.push(best);
    }
  }
  return table[reference.length]![hypothesis.length]!;
}
