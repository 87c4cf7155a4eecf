import type { HostedRequest } from './types.ts';

/** Bad input that its user can mend. The command prints it as one line and exits with 2, before anything ran. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Position of the bad value, such as `configs/x.yaml:7:21`. */
  readonly where: string | null;

  /** @param message subject, bad value, what is allowed, what to do; one line. */
  constructor(message: string, where: string | null = null) {
    super(message);
    this.where = where;
  }
}

/** What a backend knows of its failure besides the kind. */
export interface FailureFacts extends ErrorOptions {
  /** The host asked to be left alone for so long. */
  readonly retryAfterMs?: number;
  /** No later call can succeed either, as with a wrong key: the backend stops. */
  readonly stopsBackend?: boolean;
  /** Nothing can be sent now: the backend stops when the tries for one utterance have all failed so. */
  readonly isUnreachable?: boolean;
  /** What the failure cost nevertheless; `null` if that is unknown, absent if nothing can have been billed. */
  readonly costUsd?: number | null;
  /** The host keeps this request: a retry goes on with it instead of sending (and paying) again. */
  readonly resumeId?: string;
  readonly hosted?: HostedRequest;
}

/** A backend could not answer for one utterance. Becomes a `failed` record; the sweep goes on. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  /** A short stable word, such as `timeout` or `audio`. */
  readonly kind: string;
  readonly retryable: boolean;
  readonly facts: FailureFacts;

  constructor(kind: string, message: string, retryable: boolean, facts: FailureFacts = {}) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.kind = kind;
    this.retryable = retryable;
    this.facts = facts;
  }
}

/** Asserts what only a bug in Earshot could break. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Bug in Earshot: ${message}`);
}
