/** How often the limit had been lowered when a call was let in. */
type Pass = number;

/**
 * Lets only so many calls be under way at once. A host that says "too many" lowers the limit by half, and once for all calls
 * that were let in before it was lowered; every so many answers it rises by one again, up to where it began.
 */
export class ConcurrencyLimit {
  readonly #most: number;
  #limit: number;
  #underWay = 0;
  #answersSinceChange = 0;
  #timesLowered = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** To be given to {@link leave}. */
  async enter(): Promise<Pass> {
    while (this.#underWay >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#underWay++;
    return this.#timesLowered;
  }

  leave(pass: Pass, wasRefused: boolean): void {
    this.#underWay--;
    if (wasRefused) {
      this.#answersSinceChange = 0;
      if (pass === this.#timesLowered) {
        this.#limit = Math.max(1, Math.floor(this.#limit / 2));
        this.#timesLowered++;
      }
    } else if (++this.#answersSinceChange >= 10 * this.#limit && this.#limit < this.#most) {
      this.#limit++;
      this.#answersSinceChange = 0;
    }
    for (const wake of this.#waiting.splice(0, this.#limit - this.#underWay)) wake();
  }
}
