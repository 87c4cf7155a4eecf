import type { MeasurableRecord, SumMetric } from './metric.ts';

/**
 * Words that were made up where nobody spoke: on silence, noise and tones, whose reference is empty. Text without
 * spaces between words counts in characters.
 */
export const hallucinatedPerMinute: SumMetric = {
  kind: 'sums',
  name: 'hallucinatedPerMinute',
  title: 'Made-up words per minute',
  unit: 'count',
  better: 'lower',
  description:
    'Words (characters, where these are the primary unit) in answers to audio whose reference is empty, over the minutes of such audio.',
  missing: 'no audio without speech',
  timed: false,
  terms: (record) => {
    if (record.normalizedReference !== '') return null;
    const counts = primaryCounts(record);
    return counts && [counts.insertions, record.durationSeconds / 60];
  },
  value: ([words = 0, minutes = 0]) => (minutes === 0 ? null : words / minutes),
};

/** Error rate that noise adds for every 10 dB. */
export const noiseSlope = slope({
  name: 'noiseSlope',
  title: 'Errors added by 10 dB of noise',
  harm: ({ snr_db: decibels }) => (typeof decibels === 'number' ? -decibels / 10 : null),
  what: 'signal-to-noise ratio (attribute snr_db), per 10 dB less',
});

/** Error rate that a tenth of the speed adds, up or down. */
export const speedSlope = slope({
  name: 'speedSlope',
  title: 'Errors added by 10% of speed',
  harm: ({ speed, probe }) => (typeof speed === 'number' ? Math.abs(speed - 1) * 10 : probe === 'clean' ? 0 : null),
  what: 'change of speed (attribute speed), per 10% faster or slower',
});

/** Error rate that a lost tenth of a second at either end adds. */
export const clippingSlope = slope({
  name: 'clippingSlope',
  title: 'Errors added by 100 ms cut off',
  harm: ({ clippedMs, probe }) => (typeof clippedMs === 'number' ? clippedMs / 100 : probe === 'clean' ? 0 : null),
  what: 'time cut off at one end (attribute clippedMs), per 100 ms',
});

/** Samples of 16 bits, 16,000 a second. */
const UNCODED_KBPS = 256;

/** Error rate that a codec adds for every halving of the bit rate. */
export const codecSlope = slope({
  name: 'codecSlope',
  title: 'Errors added by halving the bit rate',
  harm: ({ bitRateKbps: rate, probe }) =>
    typeof rate === 'number' ? Math.log2(UNCODED_KBPS / rate) : probe === 'clean' ? 0 : null,
  what: 'bit rate of a codec (attribute bitRateKbps), per halving from 256 kbit/s, which is no codec',
});

interface Slope {
  readonly name: string;
  readonly title: string;
  /** How much worse a clip was made, in the slope's unit; `null` leaves it out. */
  readonly harm: (attributes: MeasurableRecord['attributes']) => number | null;
  readonly what: string;
}

/** Least squares over clips, each weighing as many as it has reference tokens: all of it are sums. */
function slope({ name, title, harm, what }: Slope): SumMetric {
  return {
    kind: 'sums',
    name,
    title,
    unit: 'fraction',
    better: 'lower',
    description: `Slope of the primary error rate over the ${what}: a straight line through all clips, weighted by their reference tokens.`,
    missing: 'no clips made worse by several steps',
    timed: false,
    terms: (record) => {
      const x = harm(record.attributes);
      const counts = primaryCounts(record);
      if (x === null || counts === null) return null;
      const tokens = counts.hits + counts.substitutions + counts.deletions;
      const errors = counts.substitutions + counts.deletions + counts.insertions;
      return tokens === 0 ? null : [tokens, tokens * x, tokens * x * x, errors, errors * x];
    },
    value: ([n = 0, nx = 0, nxx = 0, e = 0, ex = 0]) => {
      const spread = n * nxx - nx * nx;
      return spread <= 1e-9 * n * nxx ? null : (n * ex - nx * e) / spread;
    },
  };
}

function primaryCounts(record: MeasurableRecord) {
  return record.primaryUnit === 'word' ? record.word : record.character;
}
