import { words } from '../../text/tokens.ts';
import type { ErrorClass } from './error-class.ts';

/** The words of tokens without case, punctuation and symbols, which may part a token in two. */
function bare(tokens: readonly string[]): string {
  return words(
    tokens
      .join(' ')
      .toLowerCase()
      .replace(/['’]/gu, '')
      .replace(/[\p{P}\p{S}]+/gu, ' '),
  ).join(' ');
}

/** "Hello," for "hello"; "well-known" for "well known"; a dash that only one side has. */
export const casingPunctuation: ErrorClass = {
  name: 'casing-punctuation',
  title: 'Casing or punctuation',
  description: 'The same words but for capital letters, punctuation and symbols.',
  longest: 3,
  isKnown: () => true,
  explains: (reference, hypothesis) => bare(reference) === bare(hypothesis),
};
