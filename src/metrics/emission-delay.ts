import { alignTokens } from '../text/align.ts';
import { tokenize } from '../text/tokens.ts';
import type { MeasurableRecord, QuantileMetric } from './metric.ts';
import { isMistimed } from './mistimed.ts';

/**
 * When each word of the final transcript was first shown and then stayed.
 *
 * Going back from the final one, a word stays as long as each earlier partial shows it: aligned with as many words of
 * the final transcript as the partial has, the partial pairs it with its equal.
 */
function shownAtMs(partials: NonNullable<MeasurableRecord['partialWords']>): number[] {
  const final = partials.at(-1);
  if (final === undefined) return [];
  const shown = final.words.map(() => final.atMs);
  let staying: readonly boolean[] = final.words.map(() => true);
  for (const partial of partials.slice(0, -1).reverse()) {
    const paired = final.words.map(() => false);
    let index = 0;
    for (const step of alignTokens(final.words.slice(0, partial.words.length), partial.words)) {
      if (step.operation === 'hit') paired[index] = true;
      if (step.operation !== 'insertion') index++;
    }
    staying = staying.map((stays, word) => stays && paired[word] === true);
    for (const [word, stays] of staying.entries()) if (stays) shown[word] = partial.atMs;
    if (!staying.includes(true)) break;
  }
  return shown;
}

/** Both percentiles are of the same samples. */
const known = new WeakMap<MeasurableRecord, readonly number[]>();

function emissionDelays(record: MeasurableRecord): readonly number[] {
  const delays = known.get(record) ?? measureDelays(record);
  known.set(record, delays);
  return delays;
}

function measureDelays(record: MeasurableRecord): number[] {
  const { partialWords, referenceWordEnds } = record;
  if (record.delivery === 'batch' || isMistimed(record) || partialWords === null || referenceWordEnds === null)
    return [];
  const final = partialWords.at(-1)?.words ?? [];
  const shown = shownAtMs(partialWords);
  const delays: number[] = [];
  let reference = 0;
  let hypothesis = 0;
  for (const step of alignTokens(tokenize(record.normalizedReference, record.primaryUnit, record.characters), final)) {
    const end = referenceWordEnds[reference];
    if (step.operation === 'hit' && end != null) delays.push(shown[hypothesis]! - end * 1000);
    if (step.operation !== 'insertion') reference++;
    if (step.operation !== 'deletion') hypothesis++;
  }
  return delays;
}

function emissionDelay(quantile: number, label: string): QuantileMetric {
  return {
    kind: 'quantile',
    name: `emissionDelay${label}`,
    title: `Emission delay ${label.toLowerCase()}`,
    unit: 'ms',
    better: 'lower',
    description:
      'Per correctly recognized word: from its end in the audio to when it was first shown and then stayed ' +
      '(FastEmit, arXiv 2010.11148). Negative values are kept: a word may be shown before it is over.',
    missing: 'needs partial transcripts and the times of the reference words',
    timed: true,
    quantile,
    samplesPerRecord: 'many',
    samples: emissionDelays,
  };
}

export const emissionDelayP50 = emissionDelay(0.5, 'P50');
export const emissionDelayP90 = emissionDelay(0.9, 'P90');
