/** Thrown where a FLAC stream contradicts its format or ends early. */
export class FlacDamage extends Error {}

/** Reads big-endian bit fields from bytes, as FLAC packs them. */
export class FlacBits {
  readonly #bytes: Uint8Array;
  /** Next byte to load into the window. */
  #at: number;
  /** Loaded bits that are not read yet, right-aligned; at most 24. */
  #window = 0;
  #available = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  /** Position in the file, once aligned to a byte. */
  get position(): number {
    return this.#at - this.#available / 8;
  }

  /** Skips to the next byte boundary. */
  align(): void {
    this.#available -= this.#available % 8;
  }

  /** An unsigned number of up to 32 bits. */
  unsigned(bits: number): number {
    let value = 0;
    let wanted = bits;
    while (wanted > 0) {
      if (this.#available === 0) this.#load();
      const taken = Math.min(wanted, this.#available);
      this.#available -= taken;
      const part = (this.#window >>> this.#available) & ((1 << taken) - 1);
      // Multiplied, not shifted, because 32 bits do not fit a signed shift.
      value = value * 2 ** taken + part;
      wanted -= taken;
    }
    return value;
  }

  /** A number of up to 32 bits in two's complement. */
  signed(bits: number): number {
    const value = this.unsigned(bits);
    return bits > 0 && value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }

  /** The number of zeros before the next one, which is read too. */
  unary(): number {
    let zeros = 0;
    for (;;) {
      if (this.#available === 0) this.#load();
      const left = this.#window & ((1 << this.#available) - 1);
      if (left !== 0) {
        const leading = Math.clz32(left) - (32 - this.#available);
        this.#available -= leading + 1;
        return zeros + leading;
      }
      zeros += this.#available;
      this.#available = 0;
    }
  }

  /** Loads up to three bytes: so every mask and shift stays within 24 bits. */
  #load(): void {
    const count = Math.min(3, this.#bytes.length - this.#at);
    if (count <= 0) throw new FlacDamage('it ends inside a frame');
    this.#window = 0;
    for (let i = 0; i < count; i++) this.#window = (this.#window << 8) | this.#bytes[this.#at++]!;
    this.#available = 8 * count;
  }
}
