import type { Utterance } from '../types.ts';

/** A corpus that was found on disk. */
export interface OpenCorpus {
  readonly description: string;
  readonly license: string;
  readonly synthetic: boolean;
  /** Rows in their order, streamed. Throws `UserError` naming file and line for a row that cannot be used. */
  utterances(): AsyncIterable<Utterance>;
}

/** A layout that people own. One file per layout and one line in the table of `index.ts`. */
export interface CorpusLayout {
  readonly name: string;
  readonly summary: string;
  /** Decides by shape whether `path` (file or folder) is of this layout. */
  recognizes(path: string): Promise<boolean>;
  open(path: string): Promise<OpenCorpus>;
}
