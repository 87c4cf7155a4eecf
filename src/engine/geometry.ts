import type { Acceleration } from '../types.ts';
import { samplesForFrame } from './features.ts';

/** Feature frames that one encoder frame stands for. */
export const SUBSAMPLING = 8;

/** Feature frames before each chunk that the subsampling convolutions see again. */
export const PRE_ENCODE_FRAMES = 9;

/** Seconds that one encoder frame, and so one token position, lasts. */
export const ENCODER_FRAME_SECONDS = 0.08;

/** Look-ahead in encoder frames behind each acceleration. */
export const LOOK_AHEADS: Readonly<Record<Acceleration, number>> = { none: 13, regular: 6, high: 3, full: 0 };

/** What the encoder eats and gives per call. */
export interface ChunkGeometry {
  /** Encoder frames that a frame may look ahead. */
  readonly lookAhead: number;
  /** Feature frames per call. */
  readonly windowFrames: number;
  /** Feature frames from one call to the next. */
  readonly shiftFrames: number;
  /** Encoder frames per call. */
  readonly outputFrames: number;
}

/** Windows of 9 + 8·(R+1) feature frames that advance by 8·(R+1), for a look-ahead of R. */
export function chunkGeometry(lookAhead: number): ChunkGeometry {
  const outputFrames = lookAhead + 1;
  const shiftFrames = SUBSAMPLING * outputFrames;
  return { lookAhead, windowFrames: PRE_ENCODE_FRAMES + shiftFrames, shiftFrames, outputFrames };
}

/** Samples that must have been spoken before chunk `index` (from 0) can be encoded. */
export function samplesForChunk(geometry: ChunkGeometry, index: number): number {
  return samplesForFrame((index + 1) * geometry.shiftFrames - 1);
}

/** The named accelerations among the look-aheads that a model can do. */
export function accelerationsOf(lookAheads: readonly number[]): Acceleration[] {
  const names = Object.keys(LOOK_AHEADS) as Acceleration[];
  return names.filter((name) => lookAheads.includes(LOOK_AHEADS[name]));
}
