import type { ReportInput } from '../types.ts';
import type { ReportOptions } from './html.ts';

/** One form of a report. */
export interface ReportWriter {
  readonly format: string;
  /** How files of this form end, such as `.html`. */
  readonly extension: string;
  render(input: ReportInput, options?: ReportOptions): Promise<string> | string;
}

/** A form of a report that takes several files. */
export interface FolderWriter {
  readonly format: string;
  render(input: ReportInput): ReportFiles;
}

export interface ReportFiles {
  readonly files: readonly NamedFile[];
  /** What a reader of the files cannot see in them. */
  readonly remarks: readonly string[];
}

export interface NamedFile {
  readonly name: string;
  readonly content: string;
}
