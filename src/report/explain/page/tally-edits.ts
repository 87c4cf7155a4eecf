import type { LostWord, PageErrors, Tally } from './errors.ts';

/** Counts equal edits, the most frequent first: substitutions, deletions, insertions. Runs in the page. */
export function tallyEdits(
  errors: PageErrors,
  chosen: readonly number[],
  utterances: Int32Array,
  most: number,
): readonly [substitutions: readonly Tally[], deletions: readonly Tally[], insertions: readonly Tally[]] {
  const { packed, settings } = errors;
  const { results, tokens } = packed;
  const counts = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()] as const;
  const width = tokens.length + 1;
  for (const utterance of utterances) {
    for (const setting of chosen.length > 0 ? chosen : packed.settings.keys()) {
      const place = utterance * settings + setting;
      const reading = results.reading[place]!;
      if (reading === -1) continue;
      let at = errors.readingStart[reading]!;
      for (let index = errors.editStart[place]! * 4; index < errors.editStart[place + 1]! * 4; index += 4) {
        at += results.edit[index]!;
        const kind = results.edit[index + 1] as 0 | 1 | 2;
        const reference = kind === 2 ? -1 : packed.readingTokens[at++]!;
        const pair = (reference + 1) * width + results.edit[index + 2]! + 1;
        counts[kind].set(pair, (counts[kind].get(pair) ?? 0) + 1);
      }
    }
  }
  const nameOf = (number: number): string | null => (number === -1 ? null : tokens[number]!);
  const listed = (map: Map<number, number>): Tally[] =>
    [...map]
      .sort(([left, leftCount], [right, rightCount]) => rightCount - leftCount || left - right)
      .slice(0, most)
      .map(([pair, count]) => ({
        reference: nameOf(Math.floor(pair / width) - 1),
        hypothesis: nameOf((pair % width) - 1),
        count,
      }));
  return [listed(counts[0]), listed(counts[1]), listed(counts[2])];
}

/**
 * Words of the reference that the second setting lost (deleted or substituted) though the first one heard them, and the
 * other way round; the largest net loss first. Only utterances that both answered. Runs in the page.
 */
export function tallyLostWords(
  errors: PageErrors,
  [heardBy, lostBy]: readonly [heardBy: number, lostBy: number],
  utterances: Int32Array,
  most: number,
): readonly LostWord[] {
  const { packed, settings } = errors;
  const { results, tokens } = packed;
  const lost = new Int32Array(tokens.length);
  const found = new Int32Array(tokens.length);
  const missesOf = (place: number, start: number): Set<number> => {
    const misses = new Set<number>();
    let at = start;
    for (let index = errors.editStart[place]! * 4; index < errors.editStart[place + 1]! * 4; index += 4) {
      at += results.edit[index]!;
      if (results.edit[index + 1] !== 2) misses.add(at++);
    }
    return misses;
  };
  for (const utterance of utterances) {
    const first = utterance * settings + heardBy;
    const second = utterance * settings + lostBy;
    const reading = results.reading[first]!;
    if (reading === -1 || results.reading[second] !== reading) continue;
    const start = errors.readingStart[reading]!;
    const firstMisses = missesOf(first, start);
    const secondMisses = missesOf(second, start);
    for (const at of secondMisses) if (!firstMisses.has(at)) lost[packed.readingTokens[at]!]!++;
    for (const at of firstMisses) if (!secondMisses.has(at)) found[packed.readingTokens[at]!]!++;
  }
  return [...lost.keys()]
    .filter((token) => lost[token]! > 0)
    .sort((left, right) => lost[right]! - found[right]! - lost[left]! + found[left]! || lost[right]! - lost[left]!)
    .slice(0, most)
    .map((token) => ({ word: tokens[token]!, lost: lost[token]!, found: found[token]! }));
}
