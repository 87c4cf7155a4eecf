/**
 * Short-time power spectra in decibels below the loudest, frame by frame from low to high frequencies: Hann windows of
 * 25 ms of speech at 16 kHz in a transform of 512 points. Runs in the page: it may use nothing but its parameters.
 *
 * @param frames how many, spread evenly over the samples.
 * @returns frames × 256 values in [−`range`, 0].
 */
export function spectrogram(samples: Float32Array, frames: number, range: number): Float32Array {
  const size = 512;
  const window = 400;
  const half = size / 2;
  const reversed = new Uint16Array(size);
  for (let at = 1; at < size; at++) reversed[at] = (reversed[at >> 1]! >> 1) | ((at & 1) * half);
  const sine = Float64Array.from({ length: half }, (_, at) => Math.sin((-2 * Math.PI * at) / size));
  const cosine = Float64Array.from({ length: half }, (_, at) => Math.cos((2 * Math.PI * at) / size));
  const hann = Float64Array.from(
    { length: window },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / (window - 1)),
  );
  const power = new Float32Array(frames * half);
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  let loudest = 1e-12;
  for (let frame = 0; frame < frames; frame++) {
    const start = Math.round((frame * Math.max(0, samples.length - window)) / Math.max(1, frames - 1));
    imaginary.fill(0);
    for (let at = 0; at < size; at++) real[reversed[at]!] = at < window ? (samples[start + at] ?? 0) * hann[at]! : 0;
    for (let span = 2; span <= size; span *= 2) {
      for (let block = 0; block < size; block += span) {
        for (let at = 0; at < span / 2; at++) {
          const turn = (at * size) / span;
          const upper = block + at;
          const lower = upper + span / 2;
          const re = real[lower]! * cosine[turn]! - imaginary[lower]! * sine[turn]!;
          const im = real[lower]! * sine[turn]! + imaginary[lower]! * cosine[turn]!;
          real[lower] = real[upper]! - re;
          imaginary[lower] = imaginary[upper]! - im;
          real[upper]! += re;
          imaginary[upper]! += im;
        }
      }
    }
    for (let bin = 0; bin < half; bin++) {
      const value = real[bin]! ** 2 + imaginary[bin]! ** 2;
      power[frame * half + bin] = value;
      if (value > loudest) loudest = value;
    }
  }
  return power.map((value) => Math.max(-range, 10 * Math.log10(Math.max(1e-12, value) / loudest)));
}
