import type { ErrorCounts, ReportInput, ScoredRecord } from '../../types.ts';
import { csvField } from '../csv.ts';

const counted = ['hits', 'substitutions', 'deletions', 'insertions'] as const satisfies readonly (keyof ErrorCounts)[];

const head = [
  ...['language', 'acceleration', 'backend', 'corpus', 'languageHint', 'utterance', 'speaker', 'status'],
  ...['durationSeconds', 'latencyMs', 'costUsd', 'reference', 'text', 'normalizedReference', 'normalizedHypothesis'],
  ...(['word', 'character'] as const).flatMap((unit) => counted.map((count) => `${unit}.${count}`)),
  ...['normalizer', 'overlay'],
];

/** A row per attempt with its texts and counts, unknown values empty (RFC 4180). */
export function renderUtterances({ records }: ReportInput): string {
  return [head, ...records.map(row)].map((fields) => `${fields.map(csvField).join(',')}\r\n`).join('');
}

function row(record: ScoredRecord): readonly (string | number | null)[] {
  const { cell, word, character } = record;
  return [
    ...[cell.language, cell.acceleration, cell.backend, cell.corpus, cell.languageHint],
    ...[record.utterance, record.speaker, record.status, record.durationSeconds, record.latencyMs, record.costUsd],
    ...[record.reference, record.text, record.normalizedReference, record.normalizedHypothesis],
    ...[word, character].flatMap((counts) => counted.map((count) => counts?.[count] ?? null)),
    ...[record.normalizer, record.overlay],
  ];
}
