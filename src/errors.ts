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

/** A backend could not answer for one utterance. Becomes a `failed` record; the sweep goes on. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  /** A short stable word, such as `timeout` or `audio`. */
  readonly kind: string;
  readonly retryable: boolean;

  constructor(kind: string, message: string, retryable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.retryable = retryable;
  }
}

/** Asserts what only a bug in Earshot could break. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Bug in Earshot: ${message}`);
}
