import type { Utterance } from '../types.ts';

/** A row as a layout reads it. Nothing of its audio has been looked at yet. */
export interface StatedUtterance extends Omit<Utterance, 'durationSeconds'> {
  /** `null` where the corpus does not say; the audio file then does. */
  readonly durationSeconds: number | null;
}

/** A row that cannot be used. */
export interface Rejection {
  /** File, with the line where there are lines. */
  readonly where: string;
  /** What is wrong and what to do, one line. */
  readonly reason: string;
}

/** A usable row, or why it is none. */
export type CorpusRow =
  | {
      readonly where: string;
      readonly utterance: StatedUtterance;
      /** Brings audio out of an archive to `utterance.audio.path`; there only where an archive holds it. */
      readonly extract?: () => Promise<void>;
    }
  | { readonly rejection: Rejection };

/** A corpus that was found on disk. */
export interface OpenCorpus {
  readonly description: string;
  readonly license: string;
  readonly synthetic: boolean;
  /** Of rows that do not name theirs. */
  readonly language?: string | undefined;
  /** Every row in its order, streamed in batches: a million awaits would cost more than a million rows. */
  rows(): AsyncIterable<readonly CorpusRow[]>;
}

/** What a person decides about reading a corpus. */
export interface OpenOptions {
  /** Audio may lie in this folder alone. `null`: wherever rows say, but no relative path may climb out of the corpus. */
  readonly audioRoot: string | null;
  /** Whether a Kaldi `wav.scp` may run commands. */
  readonly allowPipes: boolean;
  /** Where audio that lies in archives is brought to. */
  readonly cacheFolder: string;
}

/** A layout that people own. One file per layout and one line in the table of `index.ts`. */
export interface CorpusLayout {
  readonly name: string;
  readonly summary: string;
  /** Decides by shape whether `path` (file or folder) is of this layout. */
  recognizes(path: string): Promise<boolean>;
  open(path: string, options: OpenOptions): Promise<OpenCorpus>;
}
