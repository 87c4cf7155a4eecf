import type { ErrorClass } from './error-class.ts';

/** "walked" for "walk", "Häuser" for "Häusern". */
export const sameStem: ErrorClass = {
  name: 'same-stem',
  title: 'Same stem',
  description: 'Another form of the same word: equal after the stemmer of the language (package `natural`).',
  longest: 1,
  isKnown: ({ stem }) => stem !== null,
  explains: ([reference], [hypothesis], { stem }) =>
    stem !== null && reference !== undefined && hypothesis !== undefined && stem(reference) === stem(hypothesis),
};
