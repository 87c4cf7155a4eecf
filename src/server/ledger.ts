import { appendFileSync } from 'node:fs';

/** A request that was billed. */
export interface Bill {
  readonly requestId: string;
  /** Minutes of audio. */
  readonly units: number;
  readonly transport: 'queue' | 'run' | 'stream';
  /** Where the audio came from; a data URI is shortened. */
  readonly audio: string;
  /** What a client should come to measure. */
  readonly queueMs: number;
  readonly inferenceMs: number;
}

/** The server's own account of what it would charge: what a client's records have to agree with. */
export class Ledger {
  readonly #bills: Bill[] = [];
  readonly #file: string | null;

  /** @param file where bills are appended as JSON lines. */
  constructor(file: string | null) {
    this.#file = file;
  }

  get bills(): readonly Bill[] {
    return this.#bills;
  }

  add(bill: Bill): void {
    this.#bills.push(bill);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(bill)}\n`);
  }
}
