import type { ErrorClass } from './error-class.ts';

/** One token for another, for a reason that writing does not tell. */
export const other: ErrorClass = {
  name: 'other',
  title: 'Other substitution',
  description: 'One word for another, explained by none of the classes above.',
  longest: 1,
  isKnown: () => true,
  explains: (reference, hypothesis) => reference.length === 1 && hypothesis.length === 1,
};
