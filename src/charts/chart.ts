import type { TopLevelSpec } from 'vega-lite';
import type { ReportInput } from '../types.ts';

/** One plot. The panels of a chart share their axes' meaning and stand beside each other where there is room. */
export interface ChartPanel {
  /** `null` for a chart's only panel. */
  readonly title: string | null;
  /** What a listener hears in place of the picture. */
  readonly description: string;
  /** With its data inline, without colors: a theme is laid under it where it is shown. */
  readonly spec: TopLevelSpec;
}

/** The figures of a chart, for people who cannot see it or want to copy them. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A chart of one run. */
export interface DrawnChart {
  /** How to read it, in a sentence or two. */
  readonly caption: string;
  readonly panels: readonly ChartPanel[];
  readonly table: ChartTable;
}

/** One family of Vega-Lite views. Intervals are ours, computed from the records; no random marks. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  /** The question that a reader answers with it. */
  readonly question: string;
  /** `null` when the run has nothing for it to show. */
  draw(input: ReportInput): DrawnChart | null;
}
