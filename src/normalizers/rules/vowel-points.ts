import { primaryLanguage } from '../../text/language.ts';
import type { Rule } from '../normalizer.ts';

/** Short vowels and doubling above and below consonants, and the stretching sign; hamza and madda are letters and stay. */
const ARABIC_POINTS = /[\u064B-\u0652\u0657\u0658\u0670\u0640]+/gu;
const HEBREW_POINTS = /[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7]+/gu;

const POINTS: Readonly<Record<string, RegExp>> = {
  ar: ARABIC_POINTS,
  fa: ARABIC_POINTS,
  ur: ARABIC_POINTS,
  he: HEBREW_POINTS,
  yi: HEBREW_POINTS,
};

/** Removes vowel points that writers of the language may leave out; `null` for languages that have none. */
export function noVowelPoints(locale: string): Rule | null {
  const points = POINTS[primaryLanguage(locale)];
  if (points === undefined) return null;
  return { name: 'no-vowel-points', data: points.source, apply: (text) => text.replace(points, '') };
}
