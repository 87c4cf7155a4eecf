import type { ScoringUnit } from '../types.ts';
import { primaryLanguage } from './language.ts';

/**
 * Languages written without spaces between words. Whisper's paper (arXiv 2212.04356, appendix C) and Google's USM
 * (arXiv 2303.01037) count characters for zh, ja, th, lo and my; Cantonese and Khmer are written the same way.
 */
const UNSPACED = new Set(['zh', 'yue', 'ja', 'th', 'lo', 'my', 'km']);

/** Whether the language puts spaces between words, so that a word error rate means something. */
export function hasSpacedWords(language: string): boolean {
  return !UNSPACED.has(primaryLanguage(language));
}

/**
 * The unit in which a language's primary error rate is counted: characters where words are not separated, words
 * elsewhere. Korean is counted in words (eojeol); its character error rate stands beside it, since spacing is partly
 * optional there.
 */
export function primaryUnitOf(language: string): ScoringUnit {
  return hasSpacedWords(language) ? 'word' : 'character';
}
