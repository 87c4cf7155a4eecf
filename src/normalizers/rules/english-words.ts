import { words as wordsOf } from '../../text/tokens.ts';
import type { Rule } from '../normalizer.ts';
import { AMERICAN_SPELLING } from './american-spelling.ts';

/** Written out word by word; both ways of writing are said alike or mean the same. */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ "won't": 'will not', "can't": 'can not', cannot: 'can not', "shan't": 'shall not', "let's": 'let us' },
    ...{ gonna: 'going to', wanna: 'want to', gotta: 'got to', "y'all": 'you all', gimme: 'give me', lemme: 'let me' },
    ...{ "ma'am": 'madam', ok: 'okay', mr: 'mister', mrs: 'missus', dr: 'doctor', prof: 'professor', vs: 'versus' },
    ...{ etc: 'et cetera', "'cause": 'because' },
  }),
);

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/n't$/u, ' not'],
  [/'re$/u, ' are'],
  [/'ve$/u, ' have'],
  [/'ll$/u, ' will'],
  [/'m$/u, ' am'],
];

/** Behind these "'s" is a verb; behind other words it may be a genitive and stays. */
const PRONOUN_IS = /^(he|she|it|that|there|here|what|who|where|how|when)'s$/u;

/** Participles that make that verb "has". */
const HAS = new Set(['been', 'got', 'gone', 'had', 'become']);

/** Contractions and common abbreviations written out. A "'d" stays, since it may be "had" or "would". */
export const englishContractions: Rule = {
  name: 'contractions',
  data: JSON.stringify([[...WORDS], ENDINGS.map(([pattern, to]) => [pattern.source, to]), PRONOUN_IS.source, [...HAS]]),
  apply: (text) => {
    const words = wordsOf(text);
    return words
      .map((word, i) => {
        const whole = WORDS.get(word);
        if (whole !== undefined) return whole;
        if (!word.includes("'")) return word;
        const subject = PRONOUN_IS.exec(word)?.[1];
        if (subject !== undefined) return `${subject} ${HAS.has(words[i + 1] ?? '') ? 'has' : 'is'}`;
        const [pattern, replacement] = ENDINGS.find(([ending]) => ending.test(word)) ?? [];
        return pattern === undefined || replacement === undefined ? word : word.replace(pattern, replacement);
      })
      .join(' ');
  },
};

/** American spelling for British. */
export const oneSpelling: Rule = {
  name: 'spelling',
  data: [...AMERICAN_SPELLING].flat().join(' '),
  apply: (text) =>
    wordsOf(text)
      .map((word) => AMERICAN_SPELLING.get(word) ?? word)
      .join(' '),
};
