/**
 * Lets only so many calls be under way at once. A host that says "too many" takes no more than are under way still, so the limit
 * falls to that; every so many answers it rises by one again, up to where it began.
 */
export class ConcurrencyLimit {
  readonly #most: number;
  #limit: number;
  #underWay = 0;
  #answersInARow = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  async enter(): Promise<void> {
    while (this.#underWay >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#underWay++;
  }

  leave(wasRefused: boolean): void {
    this.#underWay--;
    if (wasRefused) {
      this.#limit = Math.max(1, Math.min(this.#limit, this.#underWay));
      this.#answersInARow = 0;
    } else if (++this.#answersInARow >= 10 * this.#limit && this.#limit < this.#most) {
      this.#limit++;
      this.#answersInARow = 0;
    }
    for (const wake of this.#waiting.splice(0, this.#limit - this.#underWay)) wake();
  }
}
