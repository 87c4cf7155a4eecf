import type { TopLevelSpec } from 'vega-lite';
import type { ReportInput } from '../types.ts';

/** One Vega-Lite view. Intervals are ours, computed from the records; no random marks. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  /** The question that a reader answers with it. */
  readonly question: string;
  /** `null` when the run has nothing for it to show. */
  draw(input: ReportInput): TopLevelSpec | null;
}
