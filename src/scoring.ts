/**
 * The scorer as a library: pure functions that load no package and touch no file.
 *
 * ```ts
 * import { estimateAll, normalizers, score, transcriptRecord } from 'earshot/scoring';
 *
 * const scored = score(
 *   [transcriptRecord({ id: 'u1', language: 'en-US', reference: 'Twenty one.', hypothesis: '21' })],
 *   { normalizer: normalizers.earshot },
 * );
 * scored[0]?.alignment; // hits, substitutions, deletions and insertions, step by step
 * const { wer } = estimateAll(scored, scored.length, 1); // pooled, with its interval
 * ```
 */
export { comparable, compare, type Compared, type CompareInput } from './compare.ts';
export { estimateAll } from './metrics/estimate.ts';
export type { MeasurableRecord } from './metrics/metric.ts';
export { normalize, normalizerId, normalizers, trace, type NormalizerName } from './normalizers/index.ts';
export type { Normalizer } from './normalizers/normalizer.ts';
export { overlayId, useOfOverlay } from './overlay.ts';
export { score, type ScoreOptions } from './score.ts';
export type { Comparison } from './stats/comparison.ts';
export { alignTokens, countErrors, countSteps } from './text/align.ts';
export { characters, mixedTokens, words } from './text/tokens.ts';
export { transcriptRecord, type Transcript } from './transcript-record.ts';
export type { AlignmentStep, ErrorCounts, Estimate, Overlay, OverlayEntry, ScoredRecord } from './types.ts';
