/** Samples in a frame of the spectrum. */
export const FFT_SIZE = 512;

/** Frequencies from 0 to Nyquist, both included. */
export const BIN_COUNT = FFT_SIZE / 2 + 1;

const HALF = FFT_SIZE / 2;

/** A factor e^(-2πi·n/N) of a pass: its real and its imaginary part, of the three powers that a butterfly takes. */
const FACTORS = 6;

/** The sample with which the pair begins that each point of the first pass takes: the point's digits to base four in reverse. */
const SOURCES = Uint16Array.from(
  { length: HALF },
  (_, n) => 2 * (((n & 3) << 6) | ((n & 12) << 2) | ((n & 48) >> 2) | ((n & 192) >> 6)),
);

/** The passes behind the first: how many points the joined transforms have, and the factors in the order of their use. */
const PASSES = [4, 16, 64].map((quarter) => ({ quarter, factors: passFactors(quarter) }));

/** e^(-2πi·n/512) for the last step, which splits pairs. */
const COSINE = Float64Array.from({ length: HALF / 2 + 1 }, (_, n) => Math.cos((2 * Math.PI * n) / FFT_SIZE));
const SINE = Float64Array.from({ length: HALF / 2 + 1 }, (_, n) => -Math.sin((2 * Math.PI * n) / FFT_SIZE));

function passFactors(quarter: number): Float64Array {
  const factors = new Float64Array(FACTORS * quarter);
  for (let k = 0; k < quarter; k++) {
    for (let power = 1; power <= 3; power++) {
      const angle = (2 * Math.PI * power * k) / (4 * quarter);
      factors[FACTORS * k + 2 * power - 2] = Math.cos(angle);
      factors[FACTORS * k + 2 * power - 1] = -Math.sin(angle);
    }
  }
  return factors;
}

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
  /** Real and imaginary part of each point in turn. */
  readonly #points = new Float64Array(FFT_SIZE);

  /** Computes `power` from `frame`. */
  compute(): void {
    const points = this.#points;
    firstPass(this.frame, points, SOURCES);
    for (const { quarter, factors } of PASSES) pass(points, quarter, factors);
    split(points, this.power, COSINE, SINE);
  }
}

// Functions of arrays that they are given, because a field or a module's constant would be read anew in every step of a loop.

/** Takes pairs of samples as points and joins four by four, whose factors are all one. */
function firstPass(frame: Float64Array, points: Float64Array, sources: Uint16Array): void {
  for (let n = 0; n < HALF; n += 4) {
    const [a, b, c, d] = [sources[n]!, sources[n + 1]!, sources[n + 2]!, sources[n + 3]!];
    const sumRe = frame[a]! + frame[c]!;
    const sumIm = frame[a + 1]! + frame[c + 1]!;
    const differenceRe = frame[a]! - frame[c]!;
    const differenceIm = frame[a + 1]! - frame[c + 1]!;
    const oddRe = frame[b]! + frame[d]!;
    const oddIm = frame[b + 1]! + frame[d + 1]!;
    const turnedRe = frame[b + 1]! - frame[d + 1]!;
    const turnedIm = frame[d]! - frame[b]!;
    const at = 2 * n;
    points[at] = sumRe + oddRe;
    points[at + 1] = sumIm + oddIm;
    points[at + 2] = differenceRe + turnedRe;
    points[at + 3] = differenceIm + turnedIm;
    points[at + 4] = sumRe - oddRe;
    points[at + 5] = sumIm - oddIm;
    points[at + 6] = differenceRe - turnedRe;
    points[at + 7] = differenceIm - turnedIm;
  }
}

/** Joins four transforms of `quarter` points into one of four times as many. */
function pass(points: Float64Array, quarter: number, factors: Float64Array): void {
  const step = 2 * quarter;
  const length = 4 * step;
  for (let first = 0, at = 0; first < step; first += 2, at += FACTORS) {
    const c1 = factors[at]!;
    const s1 = factors[at + 1]!;
    const c2 = factors[at + 2]!;
    const s2 = factors[at + 3]!;
    const c3 = factors[at + 4]!;
    const s3 = factors[at + 5]!;
    for (let a = first; a < FFT_SIZE; a += length) {
      const b = a + step;
      const c = b + step;
      const d = c + step;
      const bRe = points[b]! * c1 - points[b + 1]! * s1;
      const bIm = points[b]! * s1 + points[b + 1]! * c1;
      const cRe = points[c]! * c2 - points[c + 1]! * s2;
      const cIm = points[c]! * s2 + points[c + 1]! * c2;
      const dRe = points[d]! * c3 - points[d + 1]! * s3;
      const dIm = points[d]! * s3 + points[d + 1]! * c3;
      const sumRe = points[a]! + cRe;
      const sumIm = points[a + 1]! + cIm;
      const differenceRe = points[a]! - cRe;
      const differenceIm = points[a + 1]! - cIm;
      const oddRe = bRe + dRe;
      const oddIm = bIm + dIm;
      const turnedRe = bIm - dIm;
      const turnedIm = dRe - bRe;
      points[a] = sumRe + oddRe;
      points[a + 1] = sumIm + oddIm;
      points[b] = differenceRe + turnedRe;
      points[b + 1] = differenceIm + turnedIm;
      points[c] = sumRe - oddRe;
      points[c + 1] = sumIm - oddIm;
      points[d] = differenceRe - turnedRe;
      points[d + 1] = differenceIm - turnedIm;
    }
  }
}

/**
 * Separates the transforms E and O of the even and the odd samples and adds them up to the real frame's:
 * X(k) = E(k) + w^k O(k), and X(256 - k) is the conjugate of E(k) - w^k O(k).
 */
function split(points: Float64Array, power: Float64Array, cosine: Float64Array, sine: Float64Array): void {
  power[0] = square(points[0]! + points[1]!);
  power[HALF] = square(points[0]! - points[1]!);
  for (let k = 1, mirrored = HALF - 1; k <= mirrored; k++, mirrored--) {
    const [a, b] = [2 * k, 2 * mirrored];
    // Twice E and O; the squares of what they add up to are divided by four.
    const evenRe = points[a]! + points[b]!;
    const evenIm = points[a + 1]! - points[b + 1]!;
    const oddRe = points[a + 1]! + points[b + 1]!;
    const oddIm = points[b]! - points[a]!;
    const turnedRe = oddRe * cosine[k]! - oddIm * sine[k]!;
    const turnedIm = oddRe * sine[k]! + oddIm * cosine[k]!;
    power[k] = 0.25 * (square(evenRe + turnedRe) + square(evenIm + turnedIm));
    power[mirrored] = 0.25 * (square(evenRe - turnedRe) + square(evenIm - turnedIm));
  }
}

/** `x ** 2` calls the general power function. */
function square(x: number): number {
  return x * x;
}
