import type { ReportInput } from '../types.ts';

/** The summary, as in `summary.json`. */
export function renderJson({ summary }: ReportInput): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}
