import { chunkLatencyP50, chunkLatencyP99 } from './chunk-latency.ts';
import { coverage, emptyRate, failureRate } from './answers.ts';
import { costPerMinuteUsd } from './cost.ts';
import { emissionDelayP50, emissionDelayP90 } from './emission-delay.ts';
import { mixedErrorRate, werCompounds, werSclite } from './error-rate-variants.ts';
import {
  cer,
  cerWithFailures,
  deletionRate,
  insertionRate,
  mer,
  sentenceErrorRate,
  substitutionRate,
  wer,
  werWithFailures,
  wil,
  wip,
} from './error-rates.ts';
import { firstPartialP50, firstPartialP95 } from './first-partial.ts';
import {
  casedErrorRate,
  casingErrorRate,
  formattedErrorRate,
  punctuatedErrorRate,
  punctuationErrorRate,
  unformattedErrorRate,
} from './formatting.ts';
import { hallucinationRate } from './hallucination.ts';
import {
  latencyFromDueP50,
  latencyFromDueP95,
  latencyFromDueP99,
  latencyP50,
  latencyP90,
  latencyP95,
  latencyP99,
  timeToAnswerP50,
  timeToAnswerP95,
} from './latency.ts';
import type { Metric } from './metric.ts';
import { rtf, rtfRequestP50, rtfRequestP95, rtfxSerial, rtfxServer, rtfxThroughput } from './real-time-factor.ts';
import { clippingSlope, codecSlope, hallucinatedPerMinute, noiseSlope, speedSlope } from './robustness.ts';
import { slipP50, slipP99 } from './slip.ts';
import { upwr } from './upwr.ts';

/** By name, in the order of tables. */
export const metrics = {
  wer,
  cer,
  mer,
  wil,
  wip,
  sentenceErrorRate,
  werWithFailures,
  cerWithFailures,
  substitutionRate,
  deletionRate,
  insertionRate,
  werCompounds,
  werSclite,
  mixedErrorRate,
  punctuationErrorRate,
  casingErrorRate,
  unformattedErrorRate,
  punctuatedErrorRate,
  casedErrorRate,
  formattedErrorRate,
  failureRate,
  emptyRate,
  coverage,
  latencyP50,
  latencyP90,
  latencyP95,
  latencyP99,
  latencyFromDueP50,
  latencyFromDueP95,
  latencyFromDueP99,
  timeToAnswerP50,
  timeToAnswerP95,
  firstPartialP50,
  firstPartialP95,
  emissionDelayP50,
  emissionDelayP90,
  upwr,
  chunkLatencyP50,
  chunkLatencyP99,
  slipP50,
  slipP99,
  rtf,
  rtfRequestP50,
  rtfRequestP95,
  rtfxSerial,
  rtfxThroughput,
  rtfxServer,
  costPerMinuteUsd,
  hallucinationRate,
  hallucinatedPerMinute,
  noiseSlope,
  speedSlope,
  clippingSlope,
  codecSlope,
} as const satisfies Readonly<Record<string, Metric>>;
