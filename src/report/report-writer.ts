import type { ReportInput } from '../types.ts';
import type { ReportOptions } from './html.ts';

/** One form of a report. */
export interface ReportWriter {
  readonly format: string;
  /** How files of this form end, such as `.html`. */
  readonly extension: string;
  render(input: ReportInput, options?: ReportOptions): Promise<string> | string;
}
