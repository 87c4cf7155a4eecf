import { hasSpacedWords } from './units.ts';

/** Marks that are compared, by the mark of Latin script that stands for the same. */
const MARKS: Readonly<Record<string, string>> = {
  ...{ '.': '.', '。': '.', '．': '.', '।': '.', '۔': '.', '…': '.', ',': ',', '，': ',', '、': ',', '،': ',' },
  ...{ '?': '?', '？': '?', '؟': '?', '!': '.', '！': '.' },
};

const SIGN = /[\p{P}\p{S}]/u;

const MARK = new RegExp(`[${Object.keys(MARKS).join('')}]`, 'u');

/** A word as written, folded for alignment, with the mark behind it. */
export interface MarkedWord {
  readonly written: string;
  readonly folded: string;
  /** `.` (also for exclamation marks), `,` or `?`; `null` without a mark. */
  readonly mark: string | null;
}

/**
 * Words (characters, in languages without spaces) with the marks behind them. Marks inside a word or number
 * ("3.14", "e.g.") belong to it; other punctuation is left out. Of several marks in a row the last counts.
 */
export function markedWords(text: string, language: string): MarkedWord[] {
  const spaced = hasSpacedWords(language) ? text : text.replace(/[\p{L}\p{N}]\p{M}*/gu, ' $&');
  const words: MarkedWord[] = [];
  for (const chunk of spaced.normalize('NFC').split(/\s+/u)) {
    // Most words have no sign at all, and looking for one is cheap.
    const [, written = '', behind = ''] = SIGN.test(chunk)
      ? (/^(?:[\p{P}\p{S}]*(?=[^\p{P}\p{S}]))?(.*?)([\p{P}\p{S}]*)$/u.exec(chunk) ?? [])
      : [chunk, chunk];
    if (behind === '') {
      if (written !== '') words.push({ written, folded: written.toLowerCase(), mark: null });
      continue;
    }
    const marks = Array.from(behind).filter((sign) => MARK.test(sign));
    const mark = marks.length === 0 ? null : MARKS[marks.at(-1)!]!;
    if (written !== '') words.push({ written, folded: written.toLowerCase(), mark });
    else if (mark !== null && words.length > 0) words.push({ ...words.pop()!, mark });
  }
  return words;
}
