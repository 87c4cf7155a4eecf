import { comparable, compare } from '../compare.ts';
import { UserError } from '../errors.ts';
import { estimateAll } from '../metrics/estimate.ts';
import { normalizers } from '../normalizers/index.ts';
import { verdictSentence } from '../report/verdict-sentence.ts';
import { score } from '../score.ts';
import { totalCounts } from '../summarize.ts';
import { readTranscripts } from '../transcripts.ts';
import type { ErrorCounts, ResultRecord, ScoringUnit } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { amountOption } from './load-config.ts';
import { languageOption, normalizerOption } from './normalizer-option.ts';
import type { Terminal } from './terminal.ts';

const bootstrapSeed = 1;
const units = ['word', 'character', 'auto'];

export const scoreCommand: CliCommand = {
  name: 'score',
  define: (command) =>
    command
      .description('scores transcripts that exist already')
      .argument('<manifest>', 'NeMo JSONL with text and pred_text')
      .option('--against <other>', 'a baseline on the same utterances, for a paired verdict')
      .option('--margin <pp>', 'with --against: difference in percentage points that does not matter', '0.5')
      .option('--language <tag>', 'of rows without lang')
      .option('--normalizer <name>', `one of: ${Object.keys(normalizers).join(', ')}`, 'earshot')
      .option('--unit <unit>', `one of: ${units.join(', ')}`, 'auto')
      .option('--show', 'print every utterance with errors, aligned')
      .option('--json', 'print one JSON object')
      .addHelpText('after', example('earshot score predictions.jsonl --language en-US --json')),

  async execute([path], options, terminal) {
    const normalizer = normalizerOption(options['normalizer']);
    const unit = options['unit'] as string;
    if (!units.includes(unit)) throw new UserError(`--unit ${unit}: use ${units.join(', ')}`);
    const language = options['language'] === undefined ? null : languageOption(options['language']);
    const scoreOf = async (manifest: string) =>
      score(await readTranscripts(manifest, language), {
        normalizer,
        ...(unit === 'auto' ? {} : { unit: unit as ScoringUnit }),
      });
    const records = await scoreOf(path as string);
    const against = options['against'] as string | undefined;
    const baseline = against === undefined ? null : await scoreOf(against);
    const margin = amountOption('--margin', options['margin'])! / 100;
    const comparisons =
      baseline &&
      compare({
        baseline: baseline.map(comparable),
        candidate: records.map(comparable),
        margin,
        seed: bootstrapSeed,
      }).comparisons;
    const estimates = estimateAll(records, records.length, bootstrapSeed);
    const value = (name: string) => estimates[name]!.value;
    const primaryUnit: ScoringUnit = records.every((record) => record.primaryUnit === 'character')
      ? 'character'
      : 'word';
    const primary = estimates[primaryUnit === 'word' ? 'wer' : 'cer']!;
    const word = totalCounts(records.map((record) => record.word));
    const character = totalCounts(records.map((record) => record.character));
    const result = {
      utterances: records.length,
      normalizer: records[0]!.normalizer,
      unit: primaryUnit,
      word: {
        ...word,
        referenceLength: referenceLength(word),
        wer: value('wer'),
        mer: value('mer'),
        wil: value('wil'),
        wip: value('wip'),
      },
      character: { ...character, referenceLength: referenceLength(character), cer: value('cer') },
      interval: {
        low: primary.interval?.low ?? null,
        high: primary.interval?.high ?? null,
        level: primary.interval?.level ?? null,
        resampled: primary.resampled,
        note: primary.note,
      },
      ...(comparisons === null ? {} : comparisons.length === 1 ? { comparison: comparisons[0] } : { comparisons }),
    };
    if (new Set(records.map((record) => record.primaryUnit)).size > 1) {
      terminal.complain(
        'rows of languages counted in words and in characters are mixed; score them apart for rates that mean something',
      );
    }
    if (baseline !== null) tellUnpaired(baseline, records, terminal);
    if (options['show']) showErrors(records, terminal);
    if (options['json']) terminal.print(JSON.stringify(result));
    else printScore(result, terminal);
    for (const comparison of options['json'] ? [] : (comparisons ?? [])) {
      terminal.print(`${comparison.candidate.language} against ${against!}: ${verdictSentence(comparison)}`);
    }
    return exitCodes.done;
  },
};

/** Names the utterances that only one side has; they count in the rates, but no pair can be made of them. */
function tellUnpaired(baseline: readonly ResultRecord[], candidate: readonly ResultRecord[], terminal: Terminal): void {
  const sides = [
    ['the baseline', baseline, candidate],
    ['the candidate', candidate, baseline],
  ] as const;
  for (const [name, own, other] of sides) {
    const known = new Set(other.map(({ utterance }) => utterance));
    const alone = own.filter(({ utterance }) => !known.has(utterance)).map(({ utterance }) => utterance);
    if (alone.length === 0) continue;
    const more = alone.length > 5 ? ', …' : '';
    terminal.complain(
      `${alone.length} utterances are in ${name} only (${alone.slice(0, 5).join(', ')}${more}); left out of the comparison`,
    );
  }
}

function referenceLength(counts: ErrorCounts): number {
  return counts.hits + counts.substitutions + counts.deletions;
}

function showErrors(records: ReturnType<typeof score>, terminal: Terminal): void {
  for (const { utterance, alignment } of records) {
    if (alignment === null || alignment.every(({ operation }) => operation === 'hit')) continue;
    const marked = alignment.map(({ operation, reference, hypothesis }) => {
      if (operation === 'hit') return reference;
      return `[${reference ?? ''}→${hypothesis ?? ''}]`;
    });
    terminal.print(`${utterance}: ${marked.join(' ')}`);
  }
}

interface Score {
  readonly utterances: number;
  readonly normalizer: string;
  readonly unit: ScoringUnit;
  readonly word: ErrorCounts & { readonly referenceLength: number; readonly wer: number | null };
  readonly character: ErrorCounts & { readonly referenceLength: number; readonly cer: number | null };
  readonly interval: {
    low: number | null;
    high: number | null;
    level: number | null;
    resampled: string | null;
    note: string | null;
  };
}

function printScore({ utterances, normalizer, unit, word, character, interval }: Score, terminal: Terminal): void {
  const percent = (value: number | null) => (value === null ? '–' : `${(value * 100).toFixed(2)} %`);
  const range =
    interval.low === null
      ? `no interval (${interval.note ?? 'undefined'})`
      : `${(interval.level ?? 0) * 100} % interval ${percent(interval.low)} to ${percent(interval.high)}, resampling by ${String(interval.resampled)}`;
  const counts = ({ substitutions, deletions, insertions, referenceLength: length }: typeof word | typeof character) =>
    `${substitutions} substitutions, ${deletions} deletions, ${insertions} insertions in ${length}`;
  terminal.print(`${utterances} utterances, normalizer ${normalizer}`);
  terminal.print(`WER ${percent(word.wer)}: ${counts(word)} words${unit === 'word' ? `; ${range}` : ''}`);
  terminal.print(
    `CER ${percent(character.cer)}: ${counts(character)} characters${unit === 'character' ? `; ${range}` : ''}`,
  );
  if (interval.low !== null && interval.note !== null) terminal.print(interval.note);
}
