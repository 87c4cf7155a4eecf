/** Parts into which a significand's range from 1 to 2 is cut. */
const PARTS = 128;

/** One over the middle of each part, and the logarithm of the middle. */
const INVERSES = Float64Array.from({ length: PARTS }, (_, part) => PARTS / (PARTS + part + 0.5));
const LOGARITHMS = INVERSES.map((inverse) => -Math.log(inverse));

/** High words of float64: of 1, of the smallest normal number, and of infinity. */
const ONE = 0x3ff0_0000;
const SMALLEST = 0x0010_0000;
const INFINITE = 0x7ff0_0000;

/**
 * Natural logarithms of many numbers at once, two to three times as fast as one by one: the exponent times ln 2, plus the
 * logarithm of the middle of the part in which the significand lies, plus a series for what it differs by, at most 1/256.
 * They differ from `Math.log` by less than 10⁻¹².
 */
export class Logarithms {
  /** Fill before each {@link compute}, which leaves the logarithms in it. */
  readonly values: Float64Array;
  readonly #words: Int32Array;
  readonly #inverses: Float64Array;
  readonly #offsets: Float64Array;

  constructor(count: number) {
    this.values = new Float64Array(count);
    // As every platform of onnxruntime has it, the low word comes first.
    this.#words = new Int32Array(this.values.buffer);
    this.#inverses = new Float64Array(count);
    this.#offsets = new Float64Array(count);
  }

  compute(): void {
    const { values } = this;
    const words = this.#words;
    const inverses = this.#inverses;
    const offsets = this.#offsets;
    // A module's constant would be read anew in every step.
    const [partInverses, partLogarithms] = [INVERSES, LOGARITHMS];
    for (let i = 0; i < values.length; i++) {
      const high = words[2 * i + 1]!;
      if (high < SMALLEST || high >= INFINITE) {
        offsets[i] = Math.log(values[i]!);
        inverses[i] = 1;
        values[i] = 1;
        continue;
      }
      const part = (high >>> 13) & (PARTS - 1);
      words[2 * i + 1] = (high & 0x000f_ffff) | ONE;
      offsets[i] = ((high >> 20) - 1023) * Math.LN2 + partLogarithms[part]!;
      inverses[i] = partInverses[part]!;
    }
    // A second loop, because reading a number of which half was just written stalls the processor.
    for (let i = 0; i < values.length; i++) {
      const x = values[i]! * inverses[i]! - 1;
      values[i] = offsets[i]! + x * (1 - x * (1 / 2 - x * (1 / 3 - x * (1 / 4))));
    }
  }
}
