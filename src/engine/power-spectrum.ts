/** Samples in a frame of the spectrum. */
export const FFT_SIZE = 512;

/** Frequencies from 0 to Nyquist, both included. */
export const BIN_COUNT = FFT_SIZE / 2 + 1;

const HALF = FFT_SIZE / 2;

/**
 * Power spectra |X(k)|² of real frames of 512 samples, in float64.
 *
 * A real transform of 512 is a complex one of 256 over (even, odd) pairs, and 256 = 4⁴, so four radix-4 passes do it.
 * Everything is allocated once.
 */
export class PowerSpectrum {
  /** Fill before each {@link compute}; its content is kept. */
  readonly frame = new Float64Array(FFT_SIZE);
  readonly power = new Float64Array(BIN_COUNT);
  readonly #real = new Float64Array(HALF);
  readonly #imaginary = new Float64Array(HALF);
  readonly #reversed = new Uint8Array(HALF);
  /** e^(-2πi·n/512): the passes need every second one, splitting the pairs needs all. */
  readonly #cosine = new Float64Array(FFT_SIZE);
  readonly #sine = new Float64Array(FFT_SIZE);

  constructor() {
    for (let n = 0; n < FFT_SIZE; n++) {
      this.#cosine[n] = Math.cos((2 * Math.PI * n) / FFT_SIZE);
      this.#sine[n] = -Math.sin((2 * Math.PI * n) / FFT_SIZE);
    }
    for (let n = 0; n < HALF; n++) {
      this.#reversed[n] = ((n & 3) << 6) | ((n & 12) << 2) | ((n & 48) >> 2) | ((n & 192) >> 6);
    }
  }

  /** Computes `power` from `frame`. */
  compute(): void {
    const { frame } = this;
    const real = this.#real;
    const imaginary = this.#imaginary;
    for (let n = 0; n < HALF; n++) {
      const source = 2 * this.#reversed[n]!;
      real[n] = frame[source]!;
      imaginary[n] = frame[source + 1]!;
    }
    this.#firstPass();
    for (let quarter = 4; quarter < HALF; quarter *= 4) this.#pass(quarter);
    this.#split();
  }

  /** As {@link #pass} for single points, whose twiddle factors are all one. */
  #firstPass(): void {
    const re = this.#real;
    const im = this.#imaginary;
    for (let a = 0; a < HALF; a += 4) {
      const sumRe = re[a]! + re[a + 2]!;
      const sumIm = im[a]! + im[a + 2]!;
      const differenceRe = re[a]! - re[a + 2]!;
      const differenceIm = im[a]! - im[a + 2]!;
      const oddRe = re[a + 1]! + re[a + 3]!;
      const oddIm = im[a + 1]! + im[a + 3]!;
      const turnedRe = im[a + 1]! - im[a + 3]!;
      const turnedIm = re[a + 3]! - re[a + 1]!;
      re[a] = sumRe + oddRe;
      im[a] = sumIm + oddIm;
      re[a + 1] = differenceRe + turnedRe;
      im[a + 1] = differenceIm + turnedIm;
      re[a + 2] = sumRe - oddRe;
      im[a + 2] = sumIm - oddIm;
      re[a + 3] = differenceRe - turnedRe;
      im[a + 3] = differenceIm - turnedIm;
    }
  }

  /** Joins four transforms of `quarter` points into one of four times as many. */
  #pass(quarter: number): void {
    const re = this.#real;
    const im = this.#imaginary;
    const length = 4 * quarter;
    const stride = FFT_SIZE / length;
    for (let k = 0; k < quarter; k++) {
      const c1 = this.#cosine[k * stride]!;
      const s1 = this.#sine[k * stride]!;
      const c2 = this.#cosine[2 * k * stride]!;
      const s2 = this.#sine[2 * k * stride]!;
      const c3 = this.#cosine[3 * k * stride]!;
      const s3 = this.#sine[3 * k * stride]!;
      for (let a = k; a < HALF; a += length) {
        const b = a + quarter;
        const c = b + quarter;
        const d = c + quarter;
        const bRe = re[b]! * c1 - im[b]! * s1;
        const bIm = re[b]! * s1 + im[b]! * c1;
        const cRe = re[c]! * c2 - im[c]! * s2;
        const cIm = re[c]! * s2 + im[c]! * c2;
        const dRe = re[d]! * c3 - im[d]! * s3;
        const dIm = re[d]! * s3 + im[d]! * c3;
        const sumRe = re[a]! + cRe;
        const sumIm = im[a]! + cIm;
        const differenceRe = re[a]! - cRe;
        const differenceIm = im[a]! - cIm;
        re[a] = sumRe + bRe + dRe;
        im[a] = sumIm + bIm + dIm;
        re[b] = differenceRe + bIm - dIm;
        im[b] = differenceIm - bRe + dRe;
        re[c] = sumRe - bRe - dRe;
        im[c] = sumIm - bIm - dIm;
        re[d] = differenceRe - bIm + dIm;
        im[d] = differenceIm + bRe - dRe;
      }
    }
  }

  /**
   * Separates the transforms E and O of the even and the odd samples and adds them up to the real frame's:
   * X(k) = E(k) + w^k O(k), and X(256 - k) is the conjugate of E(k) - w^k O(k).
   */
  #split(): void {
    const { power } = this;
    const re = this.#real;
    const im = this.#imaginary;
    power[0] = square(re[0]! + im[0]!);
    power[HALF] = square(re[0]! - im[0]!);
    for (let k = 1; k <= HALF / 2; k++) {
      const mirrored = HALF - k;
      const evenRe = (re[k]! + re[mirrored]!) / 2;
      const evenIm = (im[k]! - im[mirrored]!) / 2;
      const oddRe = (im[k]! + im[mirrored]!) / 2;
      const oddIm = (re[mirrored]! - re[k]!) / 2;
      const turnedRe = oddRe * this.#cosine[k]! - oddIm * this.#sine[k]!;
      const turnedIm = oddRe * this.#sine[k]! + oddIm * this.#cosine[k]!;
      power[k] = square(evenRe + turnedRe) + square(evenIm + turnedIm);
      power[mirrored] = square(evenRe - turnedRe) + square(evenIm - turnedIm);
    }
  }
}

/** `x ** 2` calls the general power function. */
function square(x: number): number {
  return x * x;
}
