import type { ResultRecord } from './types.ts';

/** What a backend asks for audio. */
export interface AudioPrice {
  /** `null` where it depends on speed, or is not known. */
  readonly usdPerAudioMinute: number | null;
  /** Whether parts of a minute are billed as whole ones. */
  readonly billsWholeMinutes?: boolean;
}

/** What one call costs by the list; 0 where the price is not known. */
export function listUsd({ usdPerAudioMinute, billsWholeMinutes }: AudioPrice, audioSeconds: number): number {
  const minutes = audioSeconds / 60;
  return (billsWholeMinutes === true ? Math.ceil(minutes) : minutes) * (usdPerAudioMinute ?? 0);
}

/** What all tries of a record cost at most: a try of unknown cost counts by the list. */
export function spentUsd({ costUsd, failedAttempts = [], durationSeconds }: ResultRecord, price: AudioPrice): number {
  const costs = [costUsd, ...failedAttempts.map((attempt) => attempt.costUsd)];
  return costs.reduce<number>((sum, usd) => sum + (usd ?? listUsd(price, durationSeconds)), 0);
}
