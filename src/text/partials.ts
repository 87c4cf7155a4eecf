import type { Partial, PartialChange, ShownPartial } from '../types.ts';
import { isHighSurrogate } from './surrogates.ts';

/**
 * What to keep of one text and what to add behind it to have another. A text that grows for an hour is then stored once,
 * not once for each time that it grew.
 */
export function changeOf(before: string, after: string): Pick<PartialChange, 'keep' | 'add'> {
  let keep = 0;
  const most = Math.min(before.length, after.length);
  while (keep < most && before.charCodeAt(keep) === after.charCodeAt(keep)) keep++;
  // Half of a surrogate pair is no text, and would not survive being written out as UTF-8.
  if (keep > 0 && isHighSurrogate(before.charCodeAt(keep - 1))) keep--;
  return { keep, add: after.slice(keep) };
}

/** Partials with their whole texts, however each is stored. */
export function wholePartials(partials: readonly ShownPartial[]): Partial[] {
  let text = '';
  return partials.map((partial) => {
    // A text that only grows shares its memory with the one before.
    if ('text' in partial) text = partial.text;
    else text = (partial.keep === text.length ? text : text.slice(0, partial.keep)) + partial.add;
    return { atMs: partial.atMs, text };
  });
}
