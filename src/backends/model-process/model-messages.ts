import { BackendError } from '../../errors.ts';
import type { Acceleration, AudioDelivery, AudioSource, Hypothesis, RecognizerInfo } from '../../types.ts';

/** What the child process has to load; the first message that it gets. */
export interface OpenRequest<Model> {
  readonly type: 'open';
  readonly model: Model;
}

export interface TranscribeRequest {
  readonly type: 'transcribe';
  readonly audio: AudioSource;
  readonly language: string;
  readonly acceleration: Acceleration;
  readonly delivery: AudioDelivery;
  /** Whether the text is to be sent each time it changes, before the reply. */
  readonly sendsPartials: boolean;
}

/** A request is answered by one reply of the same number; partials may come before it. */
export type Request<Model> = OpenRequest<Model> | TranscribeRequest;

/** Asks for the request of the same number to be ended; its reply then says that it failed, unless it is on its way. */
export interface StopMessage {
  readonly type: 'stop';
}

/** What a request ends with that was stopped. */
export function abandonedError(): BackendError {
  return new BackendError('abandoned', 'nobody wants the answer any more', false);
}

/** On its way between processes, with the number of the request that it belongs to. */
export interface Numbered<Message> {
  readonly number: number;
  readonly message: Message;
}

/** An error on its way between processes. */
export interface SentError {
  readonly name: 'UserError' | 'BackendError' | 'Error';
  readonly message: string;
  /** Of a `BackendError`. */
  readonly kind: string;
  readonly retryable: boolean;
  readonly stack: string | null;
}

/** Every reply carries the child's peak memory so far, because a child that is killed cannot state it at its end. */
export type Reply = { readonly peakMemoryMiB: number } & (
  | { readonly type: 'opened'; readonly info: RecognizerInfo }
  | { readonly type: 'transcribed'; readonly hypothesis: Hypothesis }
  | { readonly type: 'failed'; readonly error: SentError }
);

/** The text so far of an utterance. */
export interface PartialMessage {
  readonly type: 'partial';
  readonly text: string;
}
