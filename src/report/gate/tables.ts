import type { CellNamer } from '../../charts/cell-names.ts';
import { pointsText, quantityText, unknownText } from '../../charts/number-text.ts';
import { cellId } from '../../metrics/by-cell.ts';
import { answerOf } from '../../stats/answer.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { GateResult } from '../../stats/gate-result.ts';
import type { Cell, CellSummary } from '../../types.ts';
import { type Figure, figureTable } from '../figure-table.ts';
import { type Markup, html } from '../markup.ts';
import { visibleText } from '../transcript-text.ts';
import { moreSpeechText } from '../verdict-sentence.ts';
import { type AnswerTo, answerWords, intervalOfPoints } from './answer.ts';
import { gateRows, outcomeWords, urgency } from './text.ts';

/** The difference of one pair of cells, with the same transcripts scored by one preset. */
export interface PresetComparisons {
  readonly preset: string;
  readonly comparisons: readonly Comparison[];
}

/** Every check of a gate, failures first. */
export function checkTable({ checks, remarks }: GateResult): Markup {
  return html`${figureTable({
    id: 'checks-table',
    caption: 'Checks of the gate',
    columns: [
      { title: 'Cell' },
      { title: 'Outcome', kind: 'word' },
      { title: 'Rule', kind: 'text' },
      { title: 'Found', kind: 'text' },
    ],
    rows: gateRows(checks).map(({ subject, outcome, rule, finding, comparison }) => [
      named(subject),
      { content: mark(outcomeWords[outcome], outcome === 'fail'), value: urgency.indexOf(outcome) },
      { content: rule, value: rule },
      {
        content: finding,
        value: finding,
        ...(comparison === null ? {} : { how: pairsText(comparison), meaning: 'answer' }),
      },
    ]),
  })}
  ${
    remarks.length > 0 &&
    html`<ul>
      ${remarks.map((remark) => html`<li><bdi>${visibleText(remark)}</bdi></li>`)}
    </ul>`
  }`;
}

/** Each comparison with its answer, what a reader has to act on first. */
export function answerTable(comparisons: readonly Comparison[], answerTo: AnswerTo, namer: CellNamer): Markup {
  const order = ['worse', 'open', 'better', 'not-worse'] as const;
  const urgencyOf = (comparison: Comparison): number => order.indexOf(answerTo(comparison));
  const isOfOthers = comparisons.some(({ baseline, candidate }) => cellId(baseline) !== cellId(candidate));
  return figureTable({
    id: 'verdicts-table',
    caption: 'Verdicts per cell',
    columns: [
      { title: 'Cell' },
      { title: 'Verdict', kind: 'word', explanation: 'At 5% after Holm for all cells of this table' },
      ...(isOfOthers ? [{ title: 'Against', kind: 'word' as const }] : []),
      { title: 'Before' },
      { title: 'Now' },
      { title: 'Difference, points' },
      { title: 'Margin, points' },
      { title: 'p, not worse', explanation: 'Adjusted by Holm' },
      { title: 'p, worse', explanation: 'Adjusted by Holm' },
      { title: 'p, any difference', explanation: 'Adjusted by Holm' },
    ],
    rows: comparisons
      .toSorted((left, right) => urgencyOf(left) - urgencyOf(right))
      .map((comparison) => {
        const { baseline, candidate, baselineRate, candidateRate, difference, margin, metric, blocks } = comparison;
        const answer = answerTo(comparison);
        const more = answer === 'open' ? moreSpeechText(comparison) : null;
        const about = `${metric.toUpperCase()} over ${pairsText(comparison)}`;
        const tested = (p: number | null | undefined, meaning: string): Figure => ({
          ...{ content: pText(p), value: p ?? null, meaning },
          how: `adjusted by Holm for ${comparisons.length} comparisons; ${blocks} ${comparison.resampled}s`,
        });
        return [
          named(namer.cell(candidate)),
          {
            content: html`${mark(answerWords[answer], answer === 'worse')}${more !== null && html`<small>${more}</small>`}`,
            ...{ value: urgencyOf(comparison), how: about, meaning: 'answer' },
          },
          ...(isOfOthers ? [{ ...named(namer.cell(baseline)), value: namer.cell(baseline) }] : []),
          { content: quantityText(baselineRate, 'fraction'), value: baselineRate, how: about, meaning: 'rate' },
          { content: quantityText(candidateRate, 'fraction'), value: candidateRate, how: about, meaning: 'rate' },
          {
            content:
              difference === null
                ? unknownText
                : html`${bare(difference.value)}<small>${intervalOfPoints(difference.interval90)}</small>`,
            value: difference?.value ?? null,
            how: intervalHow(comparison),
            meaning: 'difference',
          },
          { content: (margin * 100).toFixed(1), value: margin, how: 'from the rules', meaning: 'margin' },
          tested(comparison.notWorseTest?.pHolm, 'margin-test'),
          tested(comparison.worseTest?.pHolm, 'margin-test'),
          tested(comparison.pHolm, 'any-difference'),
        ];
      }),
  });
}

/** How much of either side the comparisons rest on. */
export function coverageTable(
  comparisons: readonly Comparison[],
  cells: readonly CellSummary[],
  namer: CellNamer,
): Markup {
  const byId = new Map(cells.map((summary) => [cellId(summary.cell), summary]));
  return figureTable({
    id: 'coverage-table',
    caption: 'Coverage of the comparisons',
    columns: ['Cell', 'Pairs', 'Without a partner', 'Transcripts alike', 'Failed now', 'Missing now', 'Resampled'].map(
      (title) => ({ title }),
    ),
    rows: comparisons.map((comparison) => {
      const { candidate, pairs, unpaired, changedTranscripts, blocks, resampled } = comparison;
      const statuses = byId.get(cellId(candidate))?.statuses;
      const alike = pairs - changedTranscripts;
      const count = (value: number | null, meaning: string, how: string): Figure => ({
        ...{ content: value === null ? unknownText : String(value), value, meaning, how },
      });
      const planned = `of ${statuses === undefined ? unknownText : String(plannedOf(statuses))} utterances planned`;
      return [
        named(namer.cell(candidate)),
        count(pairs, 'pairs', pairsText(comparison)),
        count(unpaired, 'unpaired', `${pairs} found one`),
        count(alike, 'alike', `of ${pairs} pairs`),
        count(statuses?.failed ?? null, 'failed', planned),
        count(statuses?.missing ?? null, 'failed', planned),
        { content: `${blocks} ${resampled}s`, value: blocks, how: intervalHow(comparison), meaning: 'resampled' },
      ];
    }),
  });
}

/** The same differences under every preset: whether the answer depends on how text is normalized. */
export function presetTable(
  presets: readonly PresetComparisons[],
  comparisons: readonly Comparison[],
  namer: CellNamer,
): Markup {
  const byPreset = presets.map(({ preset, comparisons: under }) => ({
    preset,
    byCell: new Map(under.map((one) => [cellId(one.candidate), one])),
  }));
  const answersTo = ({ candidate }: { readonly candidate: Cell }) =>
    byPreset.flatMap(({ byCell }) => byCell.get(cellId(candidate)) ?? []).map(answerOf);
  const turned = comparisons.filter((own) => {
    const answers = answersTo(own);
    return answers.includes('worse') && answers.some((answer) => answer === 'not-worse' || answer === 'better');
  });
  return html`<p>
      Candidate − baseline with the same transcripts scored by each preset, and what these pairs show after Holm.
      ${
        turned.length === 0
          ? 'No answer turns from worse to not worse with the preset.'
          : html`<b>The answer depends on the preset in</b>
              <bdi>${visibleText(turned.map((one) => namer.cell(one.candidate)).join('; '))}</bdi>.`
      }
    </p>
    ${figureTable({
      id: 'presets-table',
      caption: 'Differences under every preset',
      columns: ['Cell', ...byPreset.map(({ preset }) => preset)].map((title) => ({ title })),
      rows: comparisons.map((own) => [
        named(namer.cell(own.candidate)),
        ...byPreset.map(({ byCell }): Figure => {
          const under = byCell.get(cellId(own.candidate));
          if (!under?.difference) return { content: unknownText, value: null };
          return {
            content: html`${bare(under.difference.value)}<small>${answerWords[answerOf(under)]}</small>`,
            value: under.difference.value,
            how: intervalHow(under),
            meaning: 'difference',
          };
        }),
      ]),
    })}`;
}

function named(name: string): Figure {
  return { content: html`<bdi>${visibleText(name)}</bdi>`, value: null };
}

function mark(word: string, isBad: boolean): Markup {
  return isBad ? html`<b class="bad">${word}</b>` : html`${word}`;
}

/** Without the unit, which the head of the column names. */
function bare(difference: number): string {
  return pointsText(difference).replace(/ points$/, '');
}

function plannedOf({ ok, empty, failed, missing }: CellSummary['statuses']): number {
  return ok + empty + failed + missing;
}

function pairsText({ pairs, referenceTokens, metric }: Comparison): string {
  return `${pairs} pairs with ${referenceTokens} ${metric === 'wer' ? 'words' : 'characters'} of reference`;
}

function intervalHow({ difference, standardError, blocks, resampled }: Comparison): string {
  if (difference === null) return `no interval from ${blocks} ${resampled}s`;
  const source =
    difference.value === 0 && standardError === 0
      ? 'bounded by the rule of three, since nothing differs'
      : `from resampling ${blocks} ${resampled}s of both together`;
  return `90% interval ${intervalOfPoints(difference.interval90)}, 95% ${intervalOfPoints(difference.interval95)}, ${source}`;
}

function pText(p: number | null | undefined): string {
  return p == null ? unknownText : p < 0.001 ? '< 0.001' : p.toFixed(3);
}
