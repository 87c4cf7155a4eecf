import { UserError } from '../../errors.ts';

/** Typed access to the encoder's `metadata_props`. */
export class Metadata {
  readonly #entries: ReadonlyMap<string, string>;
  readonly #path: string;

  constructor(entries: ReadonlyMap<string, string>, path: string) {
    this.#entries = entries;
    this.#path = path;
  }

  text(key: string): string | null {
    return this.#entries.get(key) ?? null;
  }

  /** @throws UserError where the entry is missing or no number. */
  integer(key: string): number {
    const value = this.optionalInteger(key);
    if (value === null)
      throw new UserError(`${this.#path} lacks the metadata entry ${key}, which exports of its kind carry`);
    return value;
  }

  /** @throws UserError where the entry is no number. */
  optionalInteger(key: string): number | null {
    const value = this.text(key);
    if (value === null) return null;
    if (!/^\d+$/.test(value))
      throw new UserError(`${this.#path} has ${key} = ${JSON.stringify(value)}; it has to be a number`);
    return Number(value);
  }
}
