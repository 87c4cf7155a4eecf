import type { WordTime } from '../types.ts';

/** A row of a file of transcripts. */
export interface TranscriptRow {
  /** `file:line`. */
  readonly where: string;
  readonly id: string;
  /** The transcript, or the reference where the file has both. */
  readonly text: string | null;
  /** What a recognizer made of it, where the file has both. */
  readonly predicted: string | null;
  readonly language: string | null;
  readonly speaker: string | null;
  readonly session: string | null;
  readonly durationSeconds: number | null;
  readonly audioPath: string | null;
  /** Said to have no answer, as against a text that is left out. */
  readonly isFailure?: boolean;
  /** Where in a recording a reference lies, for hypotheses that are words with times. */
  readonly span?: RecordingSpan;
  /** Words of a whole recording with their times. */
  readonly words?: readonly WordTime[];
}

export interface RecordingSpan {
  /** Recording and channel. */
  readonly recording: string;
  readonly beginSeconds: number;
  readonly endSeconds: number;
}

/** A form of file that holds transcripts. */
export interface TranscriptFormat {
  readonly name: string;
  readonly summary: string;
  /** How names of such files end. */
  readonly files: RegExp;
  /** Whether its references are in NIST's notation: `{a / b / @}` and `(uh)`. */
  readonly isNotated: boolean;
  /**
   * @param columns by role, for formats whose columns have no fixed names.
   * @throws UserError naming file and line of a row that cannot be read.
   */
  read(path: string, columns: TableColumns): AsyncGenerator<TranscriptRow>;
}

/** What a table calls its columns; roles left out are found by their usual names. */
export type TableColumns = Readonly<Partial<Record<ColumnRole, string>>>;

export const columnRoles = ['id', 'reference', 'hypothesis', 'language', 'speaker', 'session', 'duration'] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** What most formats do not know of a row. */
export const unstatedRow = {
  predicted: null,
  language: null,
  speaker: null,
  session: null,
  durationSeconds: null,
  audioPath: null,
} as const;
