import type { z } from 'zod';
import type { Acceleration, AudioSource, Hypothesis, RecognizerInfo } from '../types.ts';

/** What is asked of a recognizer for one utterance. */
export interface TranscribeOptions {
  /** BCP 47, or `auto`. */
  readonly language: string;
  readonly acceleration: Acceleration;
  readonly signal?: AbortSignal;
}

/** A loaded model or an open connection. */
export interface Recognizer {
  readonly info: RecognizerInfo;
  /** Throws `BackendError` when this utterance cannot be answered. */
  transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis>;
  /** Idempotent. Resolves to the facts known only at the end, such as peak memory. */
  close(): Promise<RecognizerInfo>;
}

/** What can be said of a configured backend without opening it or spending anything. */
export interface BackendFacts {
  /** `null` means: any. */
  readonly languages: readonly string[] | null;
  readonly accelerations: readonly Acceleration[];
  readonly supportsAuto: boolean;
  /** List price or machine price; `null` if unknown or dependent on speed. */
  readonly usdPerAudioMinute: number | null;
  /** Stated by the user or measured before; only used for estimates. */
  readonly expectedRtf: number | null;
  /** Calls that may be in flight at once. */
  readonly concurrency: number;
  /** Only one local model is in memory at a time; hosted settings are interleaved per clip. */
  readonly location: 'local' | 'hosted';
}

/** A way to recognize speech. One file per backend and one line in the table of `index.ts`. */
export interface Backend<Settings extends z.ZodObject = z.ZodObject> {
  readonly kind: string;
  readonly summary: string;
  /** The keys of this backend's entry in YAML besides `name` and `kind`. */
  readonly settings: Settings;
  /** Throws `UserError` for settings that cannot work here, such as a missing model folder. */
  inspect(settings: z.output<Settings>, folder: string): Promise<BackendFacts>;
  /** `folder` is where relative paths of the settings start. */
  open(settings: z.output<Settings>, folder: string): Promise<Recognizer>;
}
