/** What a clip is like. Nothing of it is changed. */
export interface ClipMeasures {
  /** Root mean square of the louder half of the frames, in dB below full scale. */
  readonly loudnessDbfs: number | null;
  /** Share of samples at full scale. */
  readonly clippedShare: number;
  /** Louder tenth of the frames over the quietest tenth, in dB: an estimate, which reverberation makes too low. */
  readonly snrEstimateDb: number | null;
}

const FRAME_SECONDS = 0.02;

/** From here on a sample is at full scale; the largest positive 16-bit sample is just below 1. */
const FULL_SCALE = 0.9999;

/** Measures loudness, clipping and noise of a clip. */
export function measureClip(samples: Float32Array, sampleRate: number): ClipMeasures {
  const length = Math.round(FRAME_SECONDS * sampleRate);
  const powers: number[] = [];
  let clipped = 0;
  for (let start = 0; start + length <= samples.length; start += length) {
    let sum = 0;
    for (let at = start; at < start + length; at++) {
      sum += samples[at]! ** 2;
      if (Math.abs(samples[at]!) >= FULL_SCALE) clipped++;
    }
    powers.push(sum / length);
  }
  powers.sort((one, other) => one - other);
  const mean = (from: number, to: number) => {
    const part = powers.slice(Math.floor(from * powers.length), Math.max(1, Math.ceil(to * powers.length)));
    return part.reduce((sum, power) => sum + power, 0) / Math.max(1, part.length);
  };
  const [quiet, loud, loudest] = [mean(0, 0.1), mean(0.5, 1), mean(0.9, 1)];
  return {
    loudnessDbfs: loud > 0 ? decibels(loud) : null,
    clippedShare: clipped / Math.max(1, samples.length),
    // Digital silence has no noise to compare with.
    snrEstimateDb: quiet > 0 && loudest > quiet ? decibels((loudest - quiet) / quiet) : null,
  };
}

function decibels(ratio: number): number {
  return Math.round(100 * Math.log10(ratio)) / 10;
}
