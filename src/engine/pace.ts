/** The clock that a stream is paced by. */
export interface Pace {
  /** Monotonic, milliseconds. */
  now(): number;
  /** Resolves once that time has come. */
  waitUntil(ms: number): Promise<void>;
}

/** Real time. A timer counts whole milliseconds and may fire just before its time, so it is set again until that has come. */
export const wallPace: Pace = {
  now: () => performance.now(),
  async waitUntil(ms) {
    for (let left = ms - performance.now(); left > 0; left = ms - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, left));
    }
  },
};
