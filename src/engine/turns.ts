/**
 * Lets one piece of work run at a time, in the order of asking, so that what each takes can be measured and streams can share
 * buffers.
 */
export class Turns {
  readonly #clock: () => number;
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;
  #idleSinceMs = -Infinity;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** When the last work ended; now, while there is any. */
  get idleSinceMs(): number {
    return this.#open > 0 ? this.#clock() : this.#idleSinceMs;
  }

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#open++;
    const turn = this.#last.then(work).finally(() => {
      this.#open--;
      this.#idleSinceMs = this.#clock();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
