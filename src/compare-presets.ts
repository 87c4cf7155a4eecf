import { comparable, compare, type CompareInput } from './compare.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { normalizers, type NormalizerName } from './normalizers/index.ts';
import type { Comparison } from './stats/comparison.ts';
import { primaryLanguage } from './text/language.ts';

/** One side of a comparison, to be scored by any preset. */
type Rescored = (preset: NormalizerName) => readonly MeasurableRecord[];

/** The same comparison under every preset; `whisper-english` is for English alone. */
export function comparePresets(
  baseline: Rescored,
  candidate: Rescored,
  how: Pick<CompareInput, 'margin' | 'seed'>,
): readonly { readonly preset: NormalizerName; readonly comparisons: readonly Comparison[] }[] {
  return (Object.keys(normalizers) as NormalizerName[]).map((preset) => {
    const side = (rescored: Rescored) =>
      rescored(preset)
        .filter(({ cell }) => preset !== 'whisper-english' || primaryLanguage(cell.language) === 'en')
        .map(comparable);
    return {
      preset,
      comparisons: compare({ ...how, baseline: side(baseline), candidate: side(candidate) }).comparisons,
    };
  });
}
