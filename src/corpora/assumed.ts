import { UserError } from '../errors.ts';
import type { CorpusSurvey } from './survey.ts';

/** What a plan takes a corpus to hold in each language while nothing is at its path. */
export interface Assumed {
  readonly utterances: number;
  readonly secondsEach: number;
  /** Words of a reference, or characters where error rates are counted in these. */
  readonly tokensEach: number;
}

/** A survey of what is assumed: good for a plan, and for nothing else. */
export function assumedSurvey(
  { utterances, secondsEach, tokensEach }: Assumed,
  languages: readonly string[],
  limit: number | null,
): CorpusSurvey {
  const count = Math.min(utterances, limit ?? Infinity);
  const each = {
    utterances: count,
    audioSeconds: count * secondsEach,
    wholeMinutes: count * Math.ceil(secondsEach / 60),
    referenceTokens: count * tokensEach,
  };
  return {
    description: 'assumed',
    license: 'not stated',
    synthetic: false,
    languages: new Map(languages.map((language) => [language, each])),
    otherTags: new Map(),
    rejected: { count: 0, first: null },
    sha256: '',
    selected: () => {
      throw new UserError('nothing of an assumed corpus can be heard');
    },
  };
}
