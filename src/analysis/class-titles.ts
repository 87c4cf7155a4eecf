import type { ErrorClassName } from './analysis.ts';
import { errorClasses } from './error-classes/index.ts';

interface ClassTitle {
  readonly name: ErrorClassName;
  readonly title: string;
  readonly description: string;
}

/** Every class that an error may have, in the order of columns. */
export const errorClassTitles: readonly ClassTitle[] = [
  ...errorClasses,
  { name: 'deletion', title: 'Deletion', description: 'A word of the reference for which nothing was written.' },
  { name: 'insertion', title: 'Insertion', description: 'A word that was written for nothing.' },
];
