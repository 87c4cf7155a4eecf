import type { ErrorProfile } from '../analysis/analysis.ts';
import { errorClassTitles } from '../analysis/class-titles.ts';
import { analyze } from '../analyze.ts';
import { comparable, compare } from '../compare.ts';
import { languageTag } from '../corpora/locales.ts';
import { UserError } from '../errors.ts';
import type { MeasurableRecord } from '../metrics/metric.ts';
import { normalizers } from '../normalizers/index.ts';
import { verdictSentence } from '../report/verdict-sentence.ts';
import { overlayId, useOfOverlay } from '../overlay.ts';
import { score } from '../score.ts';
import { transcriptFormats } from '../transcripts/index.ts';
import { readTranscripts } from '../transcripts/read-transcripts.ts';
import { columnRoles, type ColumnRole, type TableColumns } from '../transcripts/transcript.ts';
import { intervalMethods } from '../stats/bootstrap.ts';
import type { IntervalMethod, ResultRecord, ScoringUnit } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { amountOption } from './load-config.ts';
import { normalizerOption } from './normalizer-option.ts';
import { overlayOption, tellUseOfOverlay } from './overlay-option.ts';
import { printErrors } from './print-errors.ts';
import { printScore, scoreResult } from './score-result.ts';
import type { Terminal } from './terminal.ts';

const bootstrapSeed = 1;
const units = ['word', 'character', 'auto'] as const;
const intervals = Object.keys(intervalMethods) as IntervalMethod[];
const characterUnits = ['code-point', 'grapheme'] as const;

export const scoreCommand: CliCommand = {
  name: 'score',
  define: (command) =>
    command
      .description('scores transcripts that exist already')
      .argument('<transcripts>', 'a file with both texts, or hypotheses whose references --reference names')
      .option('--reference <file>', 'the references, where they lie apart')
      .option('--against <other>', 'a baseline on the same utterances, for a paired verdict')
      .option('--margin <pp>', 'with --against: difference in percentage points that does not matter', '0.5')
      .option('--language <tag>', 'of rows that do not name theirs')
      .option('--normalizer <name>', `one of: ${Object.keys(normalizers).join(', ')}`, 'earshot')
      .option('--unit <unit>', `one of: ${units.join(', ')}`, 'auto')
      .option('--characters <unit>', `what a character is, one of: ${characterUnits.join(', ')}`, 'code-point')
      .option('--intervals <method>', `of the error rates, one of: ${intervals.join(', ')}`, 'percentile')
      .option('--alternations', 'references are in NIST notation, {a / b / @} and (uh); always so in TRN and STM')
      .option('--overlay <file>', 'accepted references (YAML or JSON) instead of those in the file')
      .option('--columns <pairs>', `of a table, such as reference=said,hypothesis=heard; of ${columnRoles.join(', ')}`)
      .option('--show', 'print every utterance with errors, aligned, and what kinds of errors there are')
      .option('--json', 'print one JSON object, with the kinds of errors')
      .addHelpText(
        'after',
        `\nForms of files, by their ending:\n${Object.values(transcriptFormats)
          .map(({ summary }) => `  ${summary}\n`)
          .join('')}${example('earshot score predictions.jsonl --language en-US --json')}${example(
          'earshot score heard.ctm --reference said.stm --language en-US',
        )}`,
      ),

  async execute([path], options, terminal) {
    const normalizer = normalizerOption(options['normalizer']);
    const unit = oneOf('--unit', options['unit'], units);
    const characters = oneOf('--characters', options['characters'], characterUnits);
    const language = options['language'] === undefined ? null : languageTag(options['language'] as string);
    const overlay = await overlayOption(options['overlay']);
    const columns = columnsOption(options['columns']);
    const reference = options['reference'] as string | undefined;
    const scoreOf = async (file: string) => {
      const { records, isNotated, remarks } = await readTranscripts({ path: file, reference, columns, language });
      for (const remark of remarks) terminal.complain(remark);
      if (overlay !== null) tellUseOfOverlay(overlayId(overlay), useOfOverlay(overlay, records), terminal);
      return score(records, {
        normalizer,
        characters,
        overlay,
        alternations: isNotated || options['alternations'] === true,
        ...(unit === 'auto' ? {} : { unit: unit satisfies ScoringUnit }),
      });
    };
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
    const result = scoreResult(records, bootstrapSeed, oneOf('--intervals', options['intervals'], intervals));
    if (new Set(records.map((record) => record.primaryUnit)).size > 1) {
      terminal.complain(
        'rows of languages counted in words and in characters are mixed; score them apart for rates that mean something',
      );
    }
    if (baseline !== null) tellUnpaired(baseline, records, terminal);
    if (options['show']) showErrors(records, terminal);
    if (options['json']) {
      const { overall: errors } = await analyze(records);
      const compared =
        comparisons === null ? {} : comparisons.length === 1 ? { comparison: comparisons[0] } : { comparisons };
      terminal.print(JSON.stringify({ ...result, errors, ...compared }));
      return exitCodes.done;
    }
    printScore(result, terminal);
    if (options['show']) showKinds((await analyze(records)).overall, terminal);
    for (const comparison of comparisons ?? []) {
      terminal.print(`${comparison.candidate.language} against ${against!}: ${verdictSentence(comparison)}`);
    }
    return exitCodes.done;
  },
};

function oneOf<Value extends string>(name: string, given: unknown, allowed: readonly Value[]): Value {
  const found = allowed.find((value) => value === given);
  if (found === undefined) throw new UserError(`${name} ${String(given)}: use ${allowed.join(', ')}`);
  return found;
}

/** @throws UserError unless the text is pairs of a role and a column. */
function columnsOption(given: unknown): TableColumns {
  if (given === undefined) return {};
  const entries = (given as string).split(',').map((pair) => {
    const [, role, column] = /^\s*(\w+)=(.+?)\s*$/.exec(pair) ?? [];
    if (column === undefined || !columnRoles.includes(role as ColumnRole)) {
      throw new UserError(`--columns ${pair}: not a role and a column; use ${columnRoles.join('=…, ')}=…`);
    }
    return [role, column] as const;
  });
  return Object.fromEntries(entries) as TableColumns;
}

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

function showErrors(records: readonly MeasurableRecord[], terminal: Terminal): void {
  for (const { utterance, alignment } of records) {
    if (alignment === null || alignment.every(({ operation }) => operation === 'hit')) continue;
    const marked = alignment.map(({ operation, reference, hypothesis }) => {
      if (operation === 'hit') return reference;
      return `[${reference ?? ''}→${hypothesis ?? ''}]`;
    });
    terminal.print(`${utterance}: ${marked.join(' ')}`);
  }
}

function showKinds(profile: ErrorProfile, terminal: Terminal): void {
  const kinds = errorClassTitles.filter(({ name }) => profile.classes[name] > 0);
  if (kinds.length > 0) {
    terminal.print(
      `\nErrors by kind: ${kinds.map(({ name, title }) => `${title} ${profile.classes[name]}`).join(', ')}`,
    );
  }
  printErrors(profile, terminal);
}
