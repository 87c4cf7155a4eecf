/** One chunk on the virtual clock, milliseconds after the start of the audio. */
export interface ScheduledChunk {
  /** When its last needed sample was spoken. */
  readonly availableMs: number;
  /** Measured time of its computation. */
  readonly computeMs: number;
}

/**
 * When each chunk's result is there: a chunk starts when it is available and the one before it is done. So a recognizer
 * that keeps up answers a computation after the audio, and one that does not falls behind as it would in reality,
 * without anybody waiting for the audio to be spoken.
 */
export function finishTimesMs(chunks: readonly ScheduledChunk[]): number[] {
  let previousFinishMs = 0;
  return chunks.map(({ availableMs, computeMs }) => {
    previousFinishMs = Math.max(availableMs, previousFinishMs) + computeMs;
    return previousFinishMs;
  });
}
