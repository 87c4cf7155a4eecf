import type { ErrorClass } from './error-class.ts';

/** "someone" for "some one". */
export const compound: ErrorClass = {
  name: 'compound',
  title: 'Compound split or merged',
  description: 'The same letters, written together on one side and apart on the other.',
  longest: 3,
  isKnown: () => true,
  explains: (reference, hypothesis) =>
    reference.length !== hypothesis.length && reference.join('').toLowerCase() === hypothesis.join('').toLowerCase(),
};
