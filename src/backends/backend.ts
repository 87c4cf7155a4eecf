import type { z } from 'zod';
import type { Acceleration, AudioSource, Hypothesis, RecognizerInfo } from '../types.ts';

/** What is asked of a recognizer for one utterance. */
export interface TranscribeOptions {
  /** BCP 47, or `auto`. */
  readonly language: string;
  readonly acceleration: Acceleration;
  /** Aborts when a run is to end; an answer that is nearly there or paid for may still be waited for. */
  readonly signal?: AbortSignal;
  /** Aborts when nobody wants the answer any more; what can end early then throws a `BackendError` of kind `abandoned`. */
  readonly abandoned?: AbortSignal;
  /** Shows the text so far each time it changes, as soon as it does. */
  readonly onPartial?: (text: string) => void;
  /** Absent where nobody could go on with a request after a crash. */
  readonly tracking?: RequestTracking;
}

/** Lets a request outlive the process that sent it, so that nothing is paid twice. */
export interface RequestTracking {
  /** A request for this very work that the host has already taken; it is to be gone on with. */
  readonly resumeId: string | null;
  /** Called just before a request that may be billed leaves. */
  onSending(): void;
  /** Called as soon as the host has named the request. */
  onAccepted(requestId: string): void;
}

/** A loaded model or an open connection. */
export interface Recognizer {
  readonly info: RecognizerInfo;
  /** Throws `BackendError` when this utterance cannot be answered. */
  transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis>;
  /** Idempotent. Resolves to the facts known only at the end, such as peak memory. */
  close(): Promise<RecognizerInfo>;
}

/** When the requests of an open loop are due. */
export interface Arrivals {
  readonly kind: 'constant' | 'poisson';
  readonly perSecond: number;
}

/** What can be said of a configured backend without opening it or spending anything. */
export interface BackendFacts {
  /** `null` means: any. */
  readonly languages: readonly string[] | null;
  readonly accelerations: readonly Acceleration[];
  readonly supportsAuto: boolean;
  /** List price or machine price; `null` if unknown or dependent on speed. */
  readonly usdPerAudioMinute: number | null;
  /** Whether parts of a minute are billed as whole ones. */
  readonly billsWholeMinutes?: boolean;
  /** Stated by the user or measured before; only used for estimates. */
  readonly expectedRtf: number | null;
  /** Calls that may be in flight at once. */
  readonly concurrency: number;
  /** Only one local model is in memory at a time; hosted settings are interleaved per clip. */
  readonly location: 'local' | 'hosted';
  /** Tries for one answer, the first included; 3 if absent. */
  readonly mostAttempts?: number;
  /** Open loop: requests leave by the clock, whether earlier ones are answered or not. Absent: closed loop. */
  readonly arrivals?: Arrivals;
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

/** What a backend answers that hears a whole clip at once and tells nothing but its text. */
export const textAlone = {
  detectedLanguage: null,
  delivery: 'batch',
  partials: null,
  words: null,
} as const satisfies Partial<Hypothesis>;
