import { countErrors } from '../../text/align.ts';
import type { ErrorClass } from './error-class.ts';

/** "their" for "there", "sum one" for "someone". */
export const soundsAlike: ErrorClass = {
  name: 'sounds-alike',
  title: 'Sounds alike',
  description:
    'The same consonants to the ear: equal phonetic codes (package `natural`). Words of a single sound, whose vowels the code leaves out, must ' +
    'also be one letter apart.',
  longest: 2,
  isKnown: ({ sound }) => sound !== null,
  explains: (reference, hypothesis, { sound }) => {
    if (sound === null || reference.length === 0 || hypothesis.length === 0) return false;
    const [expected, found] = [reference.join(''), hypothesis.join('')];
    const code = sound(expected);
    if (code === '' || code !== sound(found)) return false;
    return code.length > 1 || (expected.length > 1 && found.length > 1 && isOneLetterApart(expected, found));
  },
};

function isOneLetterApart(left: string, right: string): boolean {
  const { substitutions, deletions, insertions } = countErrors(Array.from(left), Array.from(right));
  return substitutions + deletions + insertions === 1;
}
