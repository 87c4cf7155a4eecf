import { errorClasses } from '../../analysis/error-classes/index.ts';
import { classNames } from '../../analysis/profile.ts';

const titles = new Map<string, string>(errorClasses.map(({ name, title }) => [name, title]));

/** Titles of the classes of errors, in the order of `classNames`. */
export const classTitles: readonly string[] = classNames.map(
  (name) => titles.get(name) ?? (name === 'deletion' ? 'Deletion' : 'Insertion'),
);
