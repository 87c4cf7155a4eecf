import { CellNamer } from '../../charts/cell-names.ts';
import { answerSeconds } from '../../metrics/real-time-factor.ts';
import { primaryLanguage } from '../../text/language.ts';
import type { ReportInput, ScoredRecord } from '../../types.ts';
import type { NamedFile, ReportFiles } from '../report-writer.ts';

/**
 * Manifests of the Open ASR leaderboard, a file per model and data set, as its `score_results` reads them (`eval_utils.py`
 * of huggingface/open_asr_leaderboard). Texts are as they came; the board normalizes both.
 *
 * A failure's `pred_text` is empty, so that the board counts its words as deleted, as its own script for hosted models
 * has it: `null` would stop the board, and a row left out would flatter. Nor is there a `time` for it, and the board
 * then states no speed for the file.
 */
export function openAsrManifests(input: ReportInput): ReportFiles {
  const nameOf = fileNamer(input);
  const rows = new Map<string, string[]>();
  for (const record of input.records) {
    const name = nameOf(record);
    const lines = rows.get(name);
    if (lines === undefined) rows.set(name, [row(record)]);
    else lines.push(row(record));
  }
  const files = [...rows].map(([name, lines]): NamedFile => ({ name, content: lines.join('') }));
  return { files, remarks: remarks(input) };
}

function row(record: ScoredRecord): string {
  const fields = {
    // Unlike its path, an id is the same on every machine, and one file may hold several utterances.
    audio_filepath: record.utterance,
    duration: record.durationSeconds,
    time: answerSeconds(record),
    text: record.reference,
    pred_text: record.text ?? '',
  };
  return `${JSON.stringify(fields)}\n`;
}

/**
 * `MODEL_<model>_DATASET_<data set>_<split>.jsonl`. The model says which setting it is, and the data set says its language
 * unless that is English, as on the board; where a run has several regions of a language, the whole tag. The board takes what stands before the model's first dash for its author.
 */
function fileNamer({ run, summary }: ReportInput): (record: ScoredRecord) => string {
  const namer = new CellNamer(summary.cells.map(({ cell }) => cell));
  const tags = new Set(summary.cells.map(({ cell }) => cell.language));
  const languageOf = (tag: string): string => {
    const isOnly = [...tags].every((other) => other === tag || primaryLanguage(other) !== primaryLanguage(tag));
    return isOnly ? primaryLanguage(tag) : tag;
  };
  return ({ cell, attributes }) => {
    const model = [run.recognizers[cell.backend]?.model ?? cell.backend, namer.variant(cell), cell.acceleration];
    const language = languageOf(cell.language);
    const split = attributes['split'];
    const dataset = [
      cell.corpus,
      ...(language === 'en' ? [] : [language]),
      // LibriSpeech's folders have a dash where the board has a dot.
      typeof split === 'string' ? split.replaceAll('-', '.') : 'test',
    ];
    return `MODEL_${plain(model.filter(Boolean).join('-'))}_DATASET_${plain(dataset.join('_'))}.jsonl`;
  };
}

function plain(name: string): string {
  return name.replace(/[^\w.-]+/g, '-');
}

function remarks({ records, summary }: ReportInput): readonly string[] {
  const failed = records.filter(({ status }) => status === 'failed').length;
  const missing = summary.cells.reduce((sum, { statuses }) => sum + statuses.missing, 0);
  return [
    ...(failed === 0
      ? []
      : [
          `${failed} failed: written with an empty text, which the board counts as all words deleted, and without a time`,
        ]),
    ...(missing === 0 ? [] : [`${missing} planned but not run: not written`]),
  ];
}
