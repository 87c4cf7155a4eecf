/**
 * Character classes as Python's `re` and `str.split` understand them, for normalizers that reproduce Python ones:
 * there a combining mark is no word character, and the byte order mark no space.
 */
export const WORD = String.raw`[\p{L}\p{N}_]`;
export const SPACE = String.raw`[\t-\r\x1C-\x20\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]`;

/** `\b` before a word character. */
export const WORD_START = `(?<!${WORD})`;

/** `\b` behind a word character. */
export const WORD_END = `(?!${WORD})`;

const SPACES = new RegExp(`${SPACE}+`, 'gu');

/** All runs but a single plain space, which most are, and which stays what it is. */
const SPACES_TO_COLLAPSE = new RegExp(` ${SPACE}+|(?! )${SPACE}+`, 'gu');

/** `str.split()`. */
export function splitAtSpaces(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== '');
}

/** `re.sub(r"\s+", " ", text)`. */
export function collapseSpaces(text: string): string {
  return text.replace(SPACES_TO_COLLAPSE, ' ');
}
