import type { ReportInput } from '../../types.ts';

/**
 * NeMo's manifest with what was heard in `pred_text`, both texts as they came. A failure's is `null`, which is not an
 * empty answer.
 */
export function renderNemo({ records }: ReportInput): string {
  return records
    .map((record) => {
      const row = {
        id: record.utterance,
        audio_filepath: record.audioPath,
        duration: record.durationSeconds,
        ...(record.audioOffsetSeconds > 0 ? { offset: record.audioOffsetSeconds } : {}),
        text: record.reference,
        pred_text: record.text,
        lang: record.cell.language,
        ...(record.speaker === null ? {} : { speaker: record.speaker }),
        acceleration: record.cell.acceleration,
        backend: record.cell.backend,
        corpus: record.cell.corpus,
      };
      return `${JSON.stringify(row)}\n`;
    })
    .join('');
}
