import { UserError } from '../errors.ts';

/** Text in NIST's notation, taken apart: plain text, and places where one of several texts may stand. */
export type Notated = readonly (string | Alternatives)[];

export interface Alternatives {
  /** In the order in which they are written; an empty one stands for nothing. */
  readonly branches: readonly Notated[];
}

/**
 * Reads NIST's notation: `{a / b / @}` is any of these, `@` being nothing, and may be nested; `(uh)` may be left out;
 * a word in angle brackets is a mark of the transcriber and is dropped. The strokes between alternatives stand between
 * spaces, so that `and/or` is a word.
 *
 * @throws UserError for a bracket without its partner or an alternative without text.
 */
export function parseNotation(text: string): Notated {
  const pieces = text.replace(/<[^<>\s]*>/g, ' ').split(/([{}()]|(?<![^\s{}])\/(?![^\s{}]))/);
  let at = 0;
  const sequence = (opened: '{' | '(' | null): Notated => {
    const parts: (string | Alternatives)[] = [];
    for (; at < pieces.length; at++) {
      const piece = pieces[at]!;
      if (piece === '{' || piece === '(') {
        at++;
        parts.push(piece === '{' ? alternatives() : optional());
      } else if (piece === '}' || piece === ')' || (piece === '/' && opened !== null)) break;
      else if (piece.trim() !== '') parts.push(piece);
    }
    return parts;
  };
  const alternatives = (): Alternatives => {
    const branches: Notated[] = [];
    for (;;) {
      const branch = sequence('{');
      if (branch.length === 0) throw new UserError('an alternative is empty; write @ for nothing');
      branches.push(isNothing(branch) ? [] : branch);
      if (pieces[at] === '}') return { branches };
      if (pieces[at] !== '/') throw new UserError('a { is never closed; close it by }');
      at++;
    }
  };
  const optional = (): Alternatives => {
    const inside = sequence('(');
    if (pieces[at] !== ')') throw new UserError('a ( is never closed; close it by )');
    return { branches: [inside, []] };
  };
  const parts = sequence(null);
  if (at < pieces.length) throw new UserError(`a ${pieces[at]!} stands alone; open it before`);
  return parts;
}

/** Stands for a bracket until it is known whether a mark follows, which belongs to the word before. */
const JOINT = '\u0000';
const MARK_BEHIND_JOINT = /\s*\u0000([,.;:!?])/g;

function isNothing(branch: Notated): boolean {
  return branch.length === 1 && typeof branch[0] === 'string' && branch[0].trim() === '@';
}

/**
 * One reading of notated text, as plain text.
 * @param choices the branch taken at each place that the reading passes, from the last to the first, a place before
 * those inside its branch; left out: the first branch everywhere.
 */
export function readingOf(parts: Notated, choices: readonly number[] = []): string {
  let next = 0;
  const read = (sequence: Notated): string =>
    sequence
      .toReversed()
      .map((part) => (typeof part === 'string' ? part : read(part.branches[choices[next++] ?? 0]!)))
      .toReversed()
      .join(JOINT);
  return read(parts).replace(MARK_BEHIND_JOINT, '$1').replaceAll(JOINT, ' ').replace(/\s+/gu, ' ').trim();
}
