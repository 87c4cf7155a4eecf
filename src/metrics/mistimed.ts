import type { ResultRecord } from '../types.ts';

/** Whether a stream in real time was fed so late that its times say more about the feeding than about the recognizer. */
export function isMistimed({ pacing }: Pick<ResultRecord, 'pacing'>): boolean {
  return pacing !== undefined && pacing.slipMs > pacing.chunkMs;
}
