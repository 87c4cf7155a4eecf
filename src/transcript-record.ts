import type { ResultRecord } from './types.ts';

/** A reference and what was made of it somewhere else. */
export interface Transcript {
  /** Unique among those scored together. */
  readonly id: string;
  /** BCP 47. */
  readonly language: string;
  readonly reference: string;
  /** `null` where no answer came; an empty string is an answer. */
  readonly hypothesis: string | null;
  /** What is resampled for intervals: speakers where all are known, else sessions, else utterances. */
  readonly speaker?: string | null;
  readonly session?: string | null;
  readonly durationSeconds?: number | null;
}

/** A transcript as a record that can be scored, its times and everything else unknown. */
export function transcriptRecord(transcript: Transcript): ResultRecord {
  const { id, language, reference, hypothesis, speaker = null, session = null, durationSeconds } = transcript;
  return {
    key: id,
    cell: { language, acceleration: 'none', backend: '', corpus: '', languageHint: 'given' },
    utterance: id,
    status: hypothesis === null ? 'failed' : hypothesis.trim() === '' ? 'empty' : 'ok',
    text: hypothesis,
    reference,
    durationSeconds: durationSeconds ?? 0,
    speaker,
    session,
    sentence: null,
    referenceWords: null,
    attributes: {},
    delivery: null,
    detectedLanguage: null,
    partials: null,
    words: null,
    latencyMs: null,
    spans: {},
    costUsd: null,
    error: hypothesis === null ? { kind: 'missing', message: 'no hypothesis', retryable: false } : null,
    audioSha256: null,
    audioPath: '',
    audioOffsetSeconds: 0,
    isExcerpt: false,
    stretch: 0,
    startedAtMs: 0,
    finishedAtMs: 0,
  };
}
