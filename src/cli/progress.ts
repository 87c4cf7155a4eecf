import type { Terminal } from './terminal.ts';

const repaintMs = 100;
const lineEveryMs = 10_000;

/** One line of progress with an estimate of the time left: repainted on a terminal, repeated now and then elsewhere. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #total: number;
  readonly #startedAt = performance.now();
  readonly #live: boolean;
  #done = 0;
  #failed = 0;
  #doneSeconds = 0;
  readonly #totalSeconds: number;
  #lastShownAt = 0;

  /** @param totalSeconds audio to be recognized, which predicts the time better than the number of clips. */
  constructor(terminal: Terminal, total: number, totalSeconds: number) {
    this.#terminal = terminal;
    this.#total = total;
    this.#totalSeconds = totalSeconds;
    this.#live = process.stderr.isTTY && !terminal.quiet;
  }

  advance(audioSeconds: number, failed: boolean): void {
    this.#done++;
    this.#doneSeconds += audioSeconds;
    if (failed) this.#failed++;
    const sinceShown = performance.now() - this.#lastShownAt;
    if (sinceShown > (this.#live ? repaintMs : lineEveryMs)) this.#show();
  }

  /** Leaves the last state standing. */
  end(): void {
    this.#show();
    if (this.#live) process.stderr.write('\n');
  }

  #show(): void {
    this.#lastShownAt = performance.now();
    const elapsedSeconds = (performance.now() - this.#startedAt) / 1000;
    const left = this.#totalSeconds - this.#doneSeconds;
    const eta =
      this.#doneSeconds > 0 && left > 0 ? `, ${duration((elapsedSeconds / this.#doneSeconds) * left)} left` : '';
    const failed = this.#failed > 0 ? `, ${this.#failed} failed` : '';
    const text = `${this.#done}/${this.#total} utterances${failed}, ${duration(elapsedSeconds)} elapsed${eta}`;
    if (this.#live) process.stderr.write(`\r\u001b[K${text}`);
    else this.#terminal.note(text);
  }
}

/** Seconds as a person says them: `45 s`, `3 min 20 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}
