import type { CharacterUnit, ErrorCounts, ScoringUnit } from '../types.ts';
import { countErrors } from './align.ts';
import { isHighSurrogate, isLowSurrogate } from './surrogates.ts';
import { characters, solid, words } from './tokens.ts';

/** How many tokens of a unit a text has. */
export function countTokens(text: string, unit: ScoringUnit, characterUnit: CharacterUnit): number {
  if (unit === 'word') return words(text).length;
  return characterUnit === 'code-point' ? codePoints(solid(text)) : characters(text, characterUnit).length;
}

/**
 * The errors of a best alignment of two texts in a unit, as {@link countErrors} counts them. Most characters are in ends
 * that are equal, so only those between them become strings of their own.
 */
export function countTextErrors(
  reference: string,
  hypothesis: string,
  unit: ScoringUnit,
  characterUnit: CharacterUnit,
): ErrorCounts {
  if (unit === 'word') return countErrors(words(reference), words(hypothesis));
  // Where a cluster ends depends on what follows it.
  if (characterUnit !== 'code-point') {
    return countErrors(characters(reference, characterUnit), characters(hypothesis, characterUnit));
  }
  const left = solid(reference);
  const right = solid(hypothesis);
  const start = equalAtFront(left, right);
  const end = equalAtEnd(left, right, start);
  const counts = countErrors(
    Array.from(left.slice(start, left.length - end)),
    Array.from(right.slice(start, right.length - end)),
  );
  const equal = codePoints(left.slice(0, start)) + codePoints(left.slice(left.length - end));
  return { ...counts, hits: counts.hits + equal };
}

/** In code units, never through the middle of a code point. */
function equalAtFront(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let count = 0;
  while (count < most && left.charCodeAt(count) === right.charCodeAt(count)) count++;
  return count > 0 && isHighSurrogate(left.charCodeAt(count - 1)) ? count - 1 : count;
}

/** The same of what is left behind the first `start`. */
function equalAtEnd(left: string, right: string, start: number): number {
  const most = Math.min(left.length, right.length) - start;
  let count = 0;
  while (count < most && left.charCodeAt(left.length - 1 - count) === right.charCodeAt(right.length - 1 - count)) {
    count++;
  }
  return count > 0 && isLowSurrogate(left.charCodeAt(left.length - count)) ? count - 1 : count;
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let at = 1; at < text.length; at++) {
    if (isLowSurrogate(text.charCodeAt(at)) && isHighSurrogate(text.charCodeAt(at - 1))) pairs++;
  }
  return text.length - pairs;
}
