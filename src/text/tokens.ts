import type { ScoringUnit } from '../types.ts';

/** Words: what stands between white space of any kind. Empty text has none. */
export function words(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

/**
 * Characters: code points after NFC, white space left out.
 *
 * Code points, not grapheme clusters, so that rates compare with those of NeMo and jiwer. White space is left out
 * because a reference that somebody segmented into words must not differ from one that nobody did.
 */
export function characters(text: string): string[] {
  return Array.from(text.normalize('NFC').replace(/\s+/gu, ''));
}

/** Tokens of the given unit. */
export function tokenize(text: string, unit: ScoringUnit): string[] {
  return unit === 'word' ? words(text) : characters(text);
}

const MIXED_TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/** Chinese and Japanese characters one by one, words of other scripts whole. */
export function mixedTokens(text: string): string[] {
  return text.normalize('NFC').match(MIXED_TOKEN) ?? [];
}
