import { invariant } from '../errors.ts';
import type { Conventions, LogMelFeatures } from './features.ts';
import { PRE_ENCODE_FRAMES, type ChunkGeometry } from './geometry.ts';

/** Cuts feature frames into the encoder's overlapping windows, mel-major, in one buffer that is filled anew each time. */
export class FeatureWindows {
  /** Mel bands × window frames. */
  readonly data: Float32Array;
  readonly #features: LogMelFeatures;
  readonly #geometry: ChunkGeometry;
  readonly #melCount: number;
  /** Columns of the buffer that hold frames seen already, once the first window was filled. */
  #context: number;
  #isFirst = true;

  constructor(features: LogMelFeatures, geometry: ChunkGeometry, melCount: number, conventions: Conventions) {
    this.#features = features;
    this.#geometry = geometry;
    this.#melCount = melCount;
    this.#context = conventions === 'nemo' ? PRE_ENCODE_FRAMES : 0;
    this.data = new Float32Array(melCount * geometry.windowFrames);
  }

  /** Whether all frames of the next window have come. */
  get isComplete(): boolean {
    return this.#features.framesReady >= this.#geometry.windowFrames - this.#context;
  }

  /** Whether there is any frame for a next window. */
  get isPartial(): boolean {
    return this.#features.framesReady > 0;
  }

  /** Fills the next window, zeros (NeMo's pad value) after the last frame, and returns its valid frames. */
  fill(): number {
    invariant(this.isPartial, 'a window was filled without frames');
    const { windowFrames, shiftFrames } = this.#geometry;
    if (!this.#isFirst) {
      for (let row = 0; row < this.data.length; row += windowFrames) {
        this.data.copyWithin(row, row + shiftFrames, row + windowFrames);
      }
    }
    this.#isFirst = false;
    const valid = Math.min(windowFrames, this.#context + this.#features.framesReady);
    for (let column = this.#context; column < valid; column++) this.#features.pull(this.data, column, windowFrames);
    for (let band = 0; band < this.#melCount; band++) {
      this.data.fill(0, band * windowFrames + valid, (band + 1) * windowFrames);
    }
    this.#context = PRE_ENCODE_FRAMES;
    return valid;
  }
}
