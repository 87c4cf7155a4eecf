import { z } from 'zod';
import type { BackendFacts } from '../backend.ts';

const MINUTES_PER_HOUR = 60;
const MS_PER_HOUR = 3_600_000;

/** Settings of a backend that computes on a machine of the user's. */
export const machineSettings = {
  machineUsdPerHour: z.number().nonnegative().optional().describe('Price of the machine, for costs.'),
  expectedRtf: z.number().positive().optional().describe('Real-time factor to estimate a plan with.'),
};

interface Machine {
  readonly machineUsdPerHour?: number | undefined;
  readonly expectedRtf?: number | undefined;
}

/** What can be said of speed and price before anything is run. */
export function machineFacts({
  machineUsdPerHour,
  expectedRtf,
}: Machine): Pick<BackendFacts, 'usdPerAudioMinute' | 'expectedRtf'> {
  const isPriced = machineUsdPerHour !== undefined && expectedRtf !== undefined;
  return {
    usdPerAudioMinute: isPriced ? (machineUsdPerHour / MINUTES_PER_HOUR) * expectedRtf : null,
    expectedRtf: expectedRtf ?? null,
  };
}

/** What the machine costs for so long; `null` without its price. */
export function machineCostUsd({ machineUsdPerHour }: Machine, busyMs: number): number | null {
  return machineUsdPerHour === undefined ? null : (machineUsdPerHour * busyMs) / MS_PER_HOUR;
}
