import type { CellNamer } from '../../charts/cell-names.ts';
import { pointsText, unknownText } from '../../charts/number-text.ts';
import { cellId } from '../../metrics/by-cell.ts';
import { type Answer, answerOf } from '../../stats/answer.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { GateResult } from '../../stats/gate-result.ts';
import type { CellSummary } from '../../types.ts';
import { type Markup, html } from '../markup.ts';
import { visibleText } from '../transcript-text.ts';
import { gateRows, outcomeWords } from './text.ts';

/** The difference of one pair of cells, with the same transcripts scored by one preset. */
export interface PresetComparisons {
  readonly preset: string;
  readonly comparisons: readonly Comparison[];
}

/** Every check of a gate, failures first. */
export function checkTable({ checks, remarks }: GateResult): Markup {
  return html`${table(
    'Checks of the gate',
    ['Cell', 'Outcome', 'Rule', 'Found'],
    gateRows(checks).map(({ subject, outcome, rule, finding }) => [
      html`<bdi>${visibleText(subject)}</bdi>`,
      outcome === 'fail' ? html`<b class="bad">${outcomeWords[outcome]}</b>` : outcomeWords[outcome],
      rule,
      finding,
    ]),
    { isText: true },
  )}
  ${
    remarks.length > 0 &&
    html`<ul>
      ${remarks.map((remark) => html`<li><bdi>${visibleText(remark)}</bdi></li>`)}
    </ul>`
  }`;
}

/** How much of either side the comparisons rest on. */
export function coverageTable(
  comparisons: readonly Comparison[],
  cells: readonly CellSummary[],
  namer: CellNamer,
): Markup {
  const byId = new Map(cells.map((summary) => [cellId(summary.cell), summary]));
  return table(
    'Coverage of the comparisons',
    ['Cell', 'Pairs', 'Without a partner', 'Transcripts alike', 'Failed here', 'Missing here', 'Resampled'],
    comparisons.map((comparison) => {
      const { candidate, pairs, unpaired, changedTranscripts, blocks, resampled } = comparison;
      const statuses = byId.get(cellId(candidate))?.statuses;
      return [
        html`<bdi>${visibleText(namer.cell(candidate))}</bdi>`,
        String(pairs),
        String(unpaired),
        String(pairs - changedTranscripts),
        statuses === undefined ? unknownText : String(statuses.failed),
        statuses === undefined ? unknownText : String(statuses.missing),
        `${blocks} ${resampled}s`,
      ];
    }),
  );
}

const answerWords: Readonly<Record<Answer, string>> = { worse: 'worse', 'not-worse': 'not worse', open: 'cannot tell' };

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
  const turned = comparisons.filter((own) => {
    const answers = byPreset.flatMap(({ byCell }) => byCell.get(cellId(own.candidate)) ?? []).map(answerOf);
    return answers.includes('worse') && answers.includes('not-worse');
  });
  return html`<p>
      Candidate − baseline with the same transcripts scored by each preset, with the answer after Holm.
      ${
        turned.length === 0
          ? 'No answer turns from worse to not worse with the preset.'
          : html`<b>The answer depends on the preset in</b>
              ${turned.map((one) => namer.cell(one.candidate)).join('; ')}.`
      }
    </p>
    ${table(
      'Differences under every preset',
      ['Cell', ...byPreset.map(({ preset }) => preset)],
      comparisons.map((own) => [
        html`<bdi>${visibleText(namer.cell(own.candidate))}</bdi>`,
        ...byPreset.map(({ byCell }) => {
          const under = byCell.get(cellId(own.candidate));
          if (!under?.difference) return unknownText;
          return html`${pointsText(under.difference.value)}<small>${answerWords[answerOf(under)]}</small>`;
        }),
      ]),
    )}`;
}

function table(
  label: string,
  head: readonly string[],
  rows: readonly (readonly (Markup | string)[])[],
  { isText = false } = {},
): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table class="${isText ? 'sentences' : ''}">
      <thead>
        <tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...others]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${others.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
