import { createHash } from 'node:crypto';

/** Mono samples as little-endian 16-bit integers; what lies beyond ±1 is clipped. */
export function to16Bits(samples: Float32Array): Uint8Array {
  const rounded = new DataView(new ArrayBuffer(samples.length * 2));
  for (let at = 0; at < samples.length; at++) {
    rounded.setInt16(at * 2, Math.max(-32768, Math.min(32767, Math.round(samples[at]! * 32768))), true);
  }
  return new Uint8Array(rounded.buffer);
}

/**
 * SHA-256 of samples as 16-bit integers, which is how they are sent: whoever decodes what was sent finds the same digest
 * as whoever decodes the source, though resampling leaves the latter finer steps.
 */
export class SampleDigest {
  readonly #hash = createHash('sha256');

  update(samples: Float32Array): this {
    this.#hash.update(to16Bits(samples));
    return this;
  }

  /** Of all samples so far. */
  hex(): string {
    return this.#hash.copy().digest('hex');
  }
}
