import { scored } from '../../../__fixtures__/records.ts';
import type { RecordErrors } from '../../../analysis/analysis.ts';
import { classifyErrors } from '../../../analysis/classify.ts';
import { flagHallucinations } from '../../../analysis/flag-hallucinations.ts';
import { loadWordLore } from '../../../analysis/word-lore.ts';
import type { Cell, ResultRecord } from '../../../types.ts';
import type { ExplainedRun } from '../pack.ts';

const cellOf = (acceleration: Cell['acceleration'], language: string): Cell => ({
  language,
  acceleration,
  backend: 'local',
  corpus: 'speech',
  languageHint: 'given',
});

/** What was said and what `none` and `full` heard; `null` failed. */
const heard: readonly (readonly [id: string, language: string, said: string, none: string | null, full: string | null])[] =
  [
    ['right', 'en', 'turn on the light', 'turn on the light', 'turn on the light'],
    ['worse', 'en', 'turn on the kitchen light', 'turn on the kitchen light', 'turn on the chicken night now'],
    ['agreeing', 'en', 'call anna in the morning', 'call anne in the morning', 'call anne in the morning'],
    ['failed', 'de', 'bitte schalte das licht aus', 'bitte schalte das licht', null],
    ['empty', 'ja', '電気を消して', '電気を消して', ''],
    ['arabic', 'ar', 'أطفئ الأنوار في المطبخ', 'أطفئ النار في المطبخ', 'أطفئ الأنوار'],
  ];

/** Six utterances in two settings, with every kind of outcome. */
export async function explainedRun(): Promise<ExplainedRun> {
  const records = scored(
    ...heard.flatMap(([utterance, language, reference, none, full], index) =>
      ([['none', none], ['full', full]] as const).map(
        ([acceleration, text]): Partial<ResultRecord> => ({
          key: `${acceleration}/${utterance}`,
          cell: cellOf(acceleration, language),
          utterance,
          reference,
          text,
          durationSeconds: 2 + index,
          speaker: `s${index % 2}`,
          attributes: { snr_db: 5 * index },
          audioPath: `${utterance}.wav`,
        }),
      ),
    ),
  );
  const errors = new Map<string, RecordErrors>();
  for (const record of records) {
    if (record.alignment === null) continue;
    const lore = await loadWordLore(record.cell.language);
    errors.set(record.key, { errors: classifyErrors(record.alignment, lore), hallucinations: flagHallucinations(record) });
  }
  return { name: 'fixture', records, errors };
}
