import type { Rule } from '../normalizer.ts';
import { SPACE, WORD_END, WORD_START } from './python-regex.ts';

/** Whole words, in the order of replacement. */
const WORDS: Readonly<Record<string, string>> = {
  "won't": 'will not',
  "can't": 'can not',
  "let's": 'let us',
  "ain't": 'aint',
  "y'all": 'you all',
  wanna: 'want to',
  gotta: 'got to',
  gonna: 'going to',
  "i'ma": 'i am going to',
  imma: 'i am going to',
  woulda: 'would have',
  coulda: 'could have',
  shoulda: 'should have',
  "ma'am": 'madam',
  mr: 'mister ',
  mrs: 'missus ',
  st: 'saint ',
  dr: 'doctor ',
  prof: 'professor ',
  capt: 'captain ',
  gov: 'governor ',
  ald: 'alderman ',
  gen: 'general ',
  sen: 'senator ',
  rep: 'representative ',
  pres: 'president ',
  rev: 'reverend ',
  hon: 'honorable ',
  asst: 'assistant ',
  assoc: 'associate ',
  lt: 'lieutenant ',
  col: 'colonel ',
  jr: 'junior ',
  sr: 'senior ',
  esq: 'esquire ',
};

/** Ends of words, in the order of replacement: the participle behind tells "has" from "is" and "had" from "would". */
const ENDINGS: Readonly<Record<string, string>> = {
  "'d been": ' had been',
  "'s been": ' has been',
  "'d gone": ' had gone',
  "'s gone": ' has gone',
  "'d done": ' had done',
  "'s got": ' has got',
  "n't": ' not',
  "'re": ' are',
  "'s": ' is',
  "'d": ' would',
  "'ll": ' will',
  "'t": ' not',
  "'ve": ' have',
  "'m": ' am',
};

interface Replacement {
  /** What a text must have in it for the pattern to match: most have none, and looking for it is cheap. */
  readonly from: string;
  readonly pattern: RegExp;
  readonly to: string;
}

// Fifty classes of all letters take ten milliseconds, which who imports the scorer for another preset need not wait for.
let known: readonly Replacement[] | null = null;
const replacements = (): readonly Replacement[] =>
  (known ??= [
    ...Object.entries(WORDS).map(([from, to]) => ({
      from,
      pattern: new RegExp(WORD_START + from + WORD_END, 'gu'),
      to,
    })),
    ...Object.entries(ENDINGS).map(([from, to]) => ({ from, pattern: new RegExp(from + WORD_END, 'gu'), to })),
  ]);

const HESITATIONS = new RegExp(`${WORD_START}(?:hmm|mm|mhm|mmm|uh|um)${WORD_END}`, 'gu');
const SPACE_BEFORE_APOSTROPHE = new RegExp(`${SPACE}+'`, 'gu');

/** Drops sounds of hesitation. */
export const noHesitations: Rule = {
  name: 'hesitations',
  data: HESITATIONS.source,
  apply: (text) => text.replace(HESITATIONS, ''),
};

/** Joins an apostrophe to the word before it: "do n't" and "it 's" are tokenized that way in some corpora. */
export const joinedApostrophes: Rule = {
  name: 'joined-apostrophes',
  data: SPACE_BEFORE_APOSTROPHE.source,
  apply: (text) => text.replace(SPACE_BEFORE_APOSTROPHE, "'"),
};

/** Writes contractions and abbreviated titles out, the possessive "'s" as "is", as Whisper does. */
export const whisperContractions: Rule = {
  name: 'contractions',
  data: JSON.stringify([WORDS, ENDINGS]),
  apply: (text) =>
    replacements().reduce(
      (partly, { from, pattern, to }) => (partly.includes(from) ? partly.replace(pattern, to) : partly),
      text,
    ),
};
