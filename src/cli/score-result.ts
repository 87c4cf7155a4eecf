import { estimateAll } from '../metrics/estimate.ts';
import type { MeasurableRecord } from '../metrics/metric.ts';
import { totalCounts } from '../summarize.ts';
import { scoringStamp } from '../text/scoring-stamp.ts';
import type { ErrorCounts, IntervalMethod, ScoringUnit } from '../types.ts';
import { formatTable, type Terminal } from './terminal.ts';

/** What `earshot score --json` prints. */
export type ScoreResult = ReturnType<typeof scoreResult>;

/** @param seed of the bootstrap. */
export function scoreResult(records: readonly MeasurableRecord[], seed: number, intervals: IntervalMethod) {
  const estimates = estimateAll(records, records.length, seed, intervals);
  const value = (name: string) => estimates[name]!.value;
  const unit: ScoringUnit = records.every((record) => record.primaryUnit === 'character') ? 'character' : 'word';
  const primary = estimates[unit === 'word' ? 'wer' : 'cer']!;
  const word = totalCounts(records.map((record) => record.word));
  const character = totalCounts(records.map((record) => record.character));
  const [{ normalizer, overlay, characters }] = records as [MeasurableRecord];
  return {
    utterances: records.length,
    /** References without a hypothesis. */
    missing: records.filter(({ status }) => status === 'failed').length,
    normalizer,
    overlay,
    characters,
    unit,
    word: {
      ...word,
      referenceLength: referenceLength(word),
      wer: value('wer'),
      mer: value('mer'),
      wil: value('wil'),
      wip: value('wip'),
      werWithFailures: value('werWithFailures'),
    },
    character: {
      ...character,
      referenceLength: referenceLength(character),
      cer: value('cer'),
      cerWithFailures: value('cerWithFailures'),
    },
    sentenceErrorRate: value('sentenceErrorRate'),
    formatting: {
      unformatted: value('unformattedErrorRate'),
      punctuation: value('punctuatedErrorRate'),
      case: value('casedErrorRate'),
      formatted: value('formattedErrorRate'),
      punctuationErrorRate: value('punctuationErrorRate'),
      casingErrorRate: value('casingErrorRate'),
    },
    interval: {
      low: primary.interval?.low ?? null,
      high: primary.interval?.high ?? null,
      level: primary.interval?.level ?? null,
      resampled: primary.resampled,
      note: primary.note,
    },
  };
}

export function printScore(result: ScoreResult, terminal: Terminal): void {
  const { utterances, missing, unit, word, character, interval } = result;
  const range =
    interval.low === null
      ? `no interval (${interval.note ?? 'undefined'})`
      : `${(interval.level ?? 0) * 100} % interval ${percent(interval.low)} to ${percent(interval.high)}, resampling by ${String(interval.resampled)}`;
  terminal.print(`${utterances} utterances, normalizer ${scoringStamp(result)}`);
  terminal.print(`WER ${percent(word.wer)}: ${countsText(word)} words${unit === 'word' ? `; ${range}` : ''}`);
  terminal.print(
    `CER ${percent(character.cer)}: ${countsText(character)} characters${unit === 'character' ? `; ${range}` : ''}`,
  );
  if (missing > 0) {
    const all = unit === 'word' ? word.werWithFailures : character.cerWithFailures;
    terminal.print(
      `${unit === 'word' ? 'WER' : 'CER'} ${percent(all)} with the ${missing} missing hypotheses as deletions`,
    );
  }
  if (interval.low !== null && interval.note !== null) terminal.print(interval.note);
  printFormatting(result, terminal);
}

/** How much of the errors is formatting; only where references have any. */
function printFormatting({ formatting, unit }: ScoreResult, terminal: Terminal): void {
  const rows = [
    ['unformatted', formatting.unformatted],
    ['punctuation', formatting.punctuation],
    ['case', formatting.case],
    ['fully formatted', formatting.formatted],
  ] as const;
  if (rows.slice(1).every(([, rate]) => rate === null)) return;
  terminal.print(
    `\n${formatTable(
      ['text as written', unit === 'word' ? 'WER' : 'CER'],
      rows.map(([name, rate]) => [name, percent(rate)]),
      ['left', 'right'],
    )}`,
  );
}

function referenceLength(counts: ErrorCounts): number {
  return counts.hits + counts.substitutions + counts.deletions;
}

function countsText({ substitutions, deletions, insertions, ...counts }: ErrorCounts & { referenceLength: number }) {
  return `${substitutions} substitutions, ${deletions} deletions, ${insertions} insertions in ${counts.referenceLength}`;
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(2)} %`;
}
