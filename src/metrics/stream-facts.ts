import { alignTokens } from '../text/align.ts';

/**
 * What metrics need of the partial transcripts of a stream, in words normalized as the transcript was (characters, where
 * these are the primary unit). The words themselves are not kept: those of a large run are more than all else of it.
 */
export interface StreamFacts {
  /** When the first text that is not empty was shown; `null` where none was. */
  readonly firstTextAtMs: number | null;
  /** Words of a partial behind its longest common beginning with the next one, summed over all. */
  readonly withdrawnWords: number;
  /** Words of the last partial. */
  readonly finalWords: number;
  /** Of each correctly recognized word whose end in the audio is known: from then to when it was shown and then stayed. */
  readonly emissionDelaysMs: readonly number[];
}

/** Words shown at one time. */
export interface PartialWords {
  readonly atMs: number;
  readonly words: readonly string[];
}

/** A reference's words and, in seconds, where they end; `null` where that is not known. */
export interface TimedReference {
  readonly words: readonly string[];
  readonly ends: readonly (number | null)[];
}

/**
 * @param partials in order of time, the final transcript last.
 * @param reference `null` where no word's end is known.
 * @returns `null` without partials.
 */
export function streamFacts(partials: readonly PartialWords[], reference: TimedReference | null): StreamFacts | null {
  const final = partials.at(-1);
  if (final === undefined) return null;
  return {
    firstTextAtMs: partials.find(({ words }) => words.length > 0)?.atMs ?? null,
    withdrawnWords: withdrawnWords(partials),
    finalWords: final.words.length,
    emissionDelaysMs: reference === null ? [] : emissionDelaysMs(partials, final, reference),
  };
}

function withdrawnWords(partials: readonly PartialWords[]): number {
  let withdrawn = 0;
  for (let k = 0; k + 1 < partials.length; k++) {
    const shown = partials[k]!.words;
    withdrawn += shown.length - commonPrefixLength(shown, partials[k + 1]!.words);
  }
  return withdrawn;
}

function commonPrefixLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function emissionDelaysMs(
  partials: readonly PartialWords[],
  final: PartialWords,
  { words, ends }: TimedReference,
): number[] {
  const shown = shownAtMs(partials, final);
  const delays: number[] = [];
  let reference = 0;
  let hypothesis = 0;
  for (const step of alignTokens(words, final.words)) {
    const end = ends[reference];
    if (step.operation === 'hit' && end != null) delays.push(shown[hypothesis]! - end * 1000);
    if (step.operation !== 'insertion') reference++;
    if (step.operation !== 'deletion') hypothesis++;
  }
  return delays;
}

/**
 * When each word of the final transcript was first shown and then stayed.
 *
 * Going back from the final one, a word stays as long as each earlier partial shows it: aligned with as many words of
 * the final transcript as the partial has, the partial pairs it with its equal.
 */
function shownAtMs(partials: readonly PartialWords[], final: PartialWords): number[] {
  const shown = final.words.map(() => final.atMs);
  let staying: readonly boolean[] = final.words.map(() => true);
  for (const partial of partials.slice(0, -1).reverse()) {
    const paired = final.words.map(() => false);
    let index = 0;
    for (const step of alignTokens(final.words.slice(0, partial.words.length), partial.words)) {
      if (step.operation === 'hit') paired[index] = true;
      if (step.operation !== 'insertion') index++;
    }
    staying = staying.map((stays, word) => stays && paired[word] === true);
    for (const [word, stays] of staying.entries()) if (stays) shown[word] = partial.atMs;
    if (!staying.includes(true)) break;
  }
  return shown;
}
