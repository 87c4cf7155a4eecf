/**
 * Ends work after so long, with a `TimeoutError`, or when another signal does. Not `AbortSignal.any` over
 * `AbortSignal.timeout`: nothing keeps the latter alive there, and once it is collected its time never comes.
 */
export class Ending {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #other: AbortSignal | null;
  #isByTime = false;

  constructor(timeoutMs: number, other: AbortSignal | null = null) {
    this.#other = other;
    this.#timer = setTimeout(() => {
      this.#isByTime = !this.signal.aborted;
      this.#controller.abort(new DOMException('no answer in time', 'TimeoutError'));
    }, timeoutMs).unref();
    if (other?.aborted) this.#follow();
    else other?.addEventListener('abort', this.#follow);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time was over, as opposed to another reason to end; the other signal may itself be one of time. */
  get isByTime(): boolean {
    return this.#isByTime;
  }

  /** To be called when the work is done: the other signal is that of a run, which may do millions. */
  release(): void {
    clearTimeout(this.#timer);
    this.#other?.removeEventListener('abort', this.#follow);
  }

  readonly #follow = (): void => this.#controller.abort(this.#other!.reason);
}
