import type { BackendFacts } from './backends/backend.ts';
import type { Config } from './config.ts';
import type { CorpusSurvey, LanguageSurvey } from './corpora/survey.ts';
import type { Comparison } from './stats/comparison.ts';
import { DEFAULT_DESIGN, designOfPilot, detectableDifference, type PairedDesign } from './stats/sample-size.ts';
import type { Cell, SkippedCell } from './types.ts';

/** What must be known before a sweep can be planned; nothing of it costs anything to find out. */
export interface Facts {
  /** By corpus name. */
  readonly corpora: ReadonlyMap<string, Pick<CorpusSurvey, 'languages' | 'otherTags'>>;
  /** By backend name. */
  readonly backends: ReadonlyMap<string, BackendFacts>;
}

export interface PlannedCell {
  readonly cell: Cell;
  readonly utterances: number;
  readonly audioSeconds: number;
  /** `null` where no price is known beforehand. */
  readonly estimatedUsd: number | null;
  /** `null` where no speed is known beforehand. */
  readonly estimatedSeconds: number | null;
  /**
   * Smallest difference in the primary error rate (a fraction) between two cells of this language that the sweep
   * detects with 80 % power at the 5 % level, under the assumptions that `detectableDifference` states.
   */
  readonly detectableDifference: number | null;
}

export interface Plan {
  readonly cells: readonly PlannedCell[];
  readonly skipped: readonly SkippedCell[];
}

/**
 * Expands the matrix once into a flat list of cells, and says of each impossible one why. Pure.
 * @param pilot comparisons of an earlier run, from which the detectable difference of their languages is estimated.
 */
export function plan(config: Config, facts: Facts, pilot: readonly Comparison[] = []): Plan {
  const cells: PlannedCell[] = [];
  const skipped: SkippedCell[] = [];
  for (const cell of expand(config.matrix)) {
    const backend = facts.backends.get(cell.backend)!;
    const { languages, otherTags } = facts.corpora.get(cell.corpus)!;
    const survey = languages.get(cell.language);
    if (survey === undefined) {
      skipped.push({ cell, reason: reasonWithoutRows(cell, otherTags) });
      continue;
    }
    const reason = reasonToSkip(cell, backend);
    if (reason === null) cells.push(estimate(cell, backend, survey, pilot));
    else skipped.push({ cell, reason });
  }
  return { cells, skipped };
}

function* expand(matrix: Config['matrix']): Generator<Cell> {
  for (const corpus of matrix.corpus)
    for (const backend of matrix.backend)
      for (const language of matrix.language)
        for (const languageHint of matrix.languageHint)
          for (const acceleration of matrix.acceleration)
            for (const concurrency of matrix.concurrency ?? [undefined])
              yield {
                ...{ language, acceleration, backend, corpus, languageHint },
                ...(concurrency === undefined ? {} : { concurrency }),
              };
}

function reasonWithoutRows({ corpus, language }: Cell, otherTags: CorpusSurvey['otherTags']): string {
  const others = [...otherTags.keys()].filter((tag) => tag !== '');
  const instead = others.length === 0 ? '' : `; it has some in ${others.join(', ')}`;
  const untagged = otherTags.get('') ?? 0;
  const remedy =
    untagged === 0 ? '' : `; ${untagged} of its rows do not name theirs, so give it by corpora.${corpus}.language`;
  return `corpus ${corpus} has no utterances in ${language}${instead}${remedy}`;
}

function reasonToSkip(cell: Cell, backend: BackendFacts): string | null {
  if (!backend.accelerations.includes(cell.acceleration)) {
    return `backend ${cell.backend} cannot do acceleration ${cell.acceleration}; it does ${backend.accelerations.join(', ')}`;
  }
  if (cell.concurrency !== undefined && backend.arrivals) {
    return `backend ${cell.backend} sends by the clock, whatever is in flight`;
  }
  if ((cell.concurrency ?? 1) > 1 && backend.location === 'local' && backend.concurrency === 1) {
    return `backend ${cell.backend} does one request at a time`;
  }
  if (cell.languageHint === 'auto') {
    return backend.supportsAuto ? null : `backend ${cell.backend} cannot find the language by itself`;
  }
  if (backend.languages !== null && !backend.languages.includes(cell.language)) {
    return `backend ${cell.backend} does not know ${cell.language}`;
  }
  return null;
}

/**
 * The widest design among a pilot's comparisons in a language: better to expect too little than too much. `null` where
 * the pilot shows none.
 */
export function designFrom(pilot: readonly Comparison[], language: string): PairedDesign | null {
  const designs = pilot
    .filter(({ candidate }) => candidate.language === language)
    .map(({ referenceTokens, standardError }) => designOfPilot(referenceTokens, standardError))
    .filter((design) => design !== null)
    .sort((a, b) => b.disagreement - a.disagreement);
  return designs[0] ?? null;
}

function estimate(
  cell: Cell,
  backend: BackendFacts,
  survey: LanguageSurvey,
  pilot: readonly Comparison[],
): PlannedCell {
  const { utterances, audioSeconds, wholeMinutes, referenceTokens } = survey;
  const { usdPerAudioMinute, billsWholeMinutes, expectedRtf } = backend;
  const billedMinutes = billsWholeMinutes === true ? wholeMinutes : audioSeconds / 60;
  const concurrency = cell.concurrency ?? backend.concurrency;
  return {
    cell,
    utterances,
    audioSeconds,
    estimatedUsd: usdPerAudioMinute === null ? null : billedMinutes * usdPerAudioMinute,
    estimatedSeconds: expectedRtf === null ? null : (audioSeconds * expectedRtf) / concurrency,
    detectableDifference: detectableDifference(referenceTokens, designFrom(pilot, cell.language) ?? DEFAULT_DESIGN),
  };
}

/** Sum over cells; `null` as soon as one is unknown, because a partial sum would pass for the whole. */
export function total(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
