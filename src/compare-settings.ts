import { accelerationOrder } from './charts/cell-names.ts';
import { comparable, compare } from './compare.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import type { Comparison } from './stats/comparison.ts';
import type { Cell } from './types.ts';

/**
 * The comparisons that a sweep is made for: each acceleration with the longest chunk there is, or, where only one is
 * swept, each backend with the first.
 * @param margin δ as a fraction; see `compare`.
 */
export function compareSettings(
  records: readonly MeasurableRecord[],
  cells: readonly Cell[],
  { margin, seed }: { readonly margin: number; readonly seed: number },
): readonly Comparison[] {
  const accelerations = accelerationOrder.filter((name) => cells.some(({ acceleration }) => acceleration === name));
  const backends = [...new Set(cells.map(({ backend }) => backend))];
  const isBaseline =
    accelerations.length > 1
      ? ({ cell }: MeasurableRecord) => cell.acceleration === accelerations[0]
      : ({ cell }: MeasurableRecord) => cell.backend === backends[0];
  const baseline = records.filter(isBaseline).map(comparable);
  const candidate = records.filter((record) => !isBaseline(record)).map(comparable);
  return compare({ baseline, candidate, margin, seed }).comparisons;
}
