/** One accepted wording of an utterance. */
export interface AcceptedWording {
  readonly utterance: string;
  readonly corpus: string;
  readonly reference: string;
  /** Whether the reference is in the notation already and not the corpus's own text. */
  readonly isNotated: boolean;
  readonly heard: string;
}

/**
 * The text of an overlay file in JSON, which `earshot` reads: each reference with what was heard as an alternative in
 * NIST's notation. Words that both begin or end with stand outside of the braces; signs of the notation in the texts
 * are left out. Runs in the page: it may use nothing but its parameters.
 */
export function overlayText(accepted: readonly AcceptedWording[], version: string): string {
  const wordsOf = (text: string): string[] =>
    text
      .replace(/[{}()<>@]/g, ' ')
      .split(/\s+/u)
      .filter((word) => word !== '' && word !== '/');
  const notation = (reference: string, heard: string): string => {
    const [left, right] = [wordsOf(reference), wordsOf(heard)];
    let before = 0;
    while (before < Math.min(left.length, right.length) && left[before] === right[before]) before++;
    let after = 0;
    while (after < Math.min(left.length, right.length) - before && left.at(-1 - after) === right.at(-1 - after))
      after++;
    const middle = (words: readonly string[]): string => words.slice(before, words.length - after).join(' ') || '@';
    const choice =
      left.length === right.length && left.length === before ? [] : [`{${middle(left)} / ${middle(right)}}`];
    return [...left.slice(0, before), ...choice, ...left.slice(left.length - after)].join(' ');
  };
  const overlay = {
    name: 'accepted',
    version,
    entries: accepted.map(({ utterance, corpus, reference, isNotated, heard }) => ({
      utterance,
      corpus,
      ...(isNotated
        ? { reference: `{${reference} / ${wordsOf(heard).join(' ')}}` }
        : { replaces: reference, reference: notation(reference, heard) }),
      why: 'all settings heard it so',
    })),
  };
  return `${JSON.stringify(overlay, null, 2)}\n`;
}
