import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { marginText, quantityText, unknownText } from '../charts/number-text.ts';
import type { VerdictKind } from '../stats/verdict.ts';
import type { Comparison } from '../stats/comparison.ts';
import { type Markup, html } from './markup.ts';
import { sortableHead } from './sortable-head.ts';
import { visibleText } from './transcript-text.ts';
import { verdictSentence } from './verdict-sentence.ts';

/** Each comparison with its verdict; `null` when nothing was compared. */
export function verdictSection(comparisons: readonly Comparison[]): Markup | null {
  if (comparisons.length === 0) return null;
  const namer = new CellNamer(comparisons.flatMap(({ baseline, candidate }) => [baseline, candidate]));
  const ordered = comparisons.toSorted(
    (left, right) => urgency(left) - urgency(right) || compareCells(left.candidate, right.candidate),
  );
  return html`<p>
      Each setting against a baseline, on the utterances that both answered. Differences of less than
      ${marginText(comparisons)} do not matter here. “Cannot tell” is no sign of equality: it says how much more speech
      would decide. A verdict rests on the interval of its own comparison; where many are made, some come out better or
      worse by chance, and the adjusted p says which would stand.
    </p>
    <div class="scroll" role="region" aria-labelledby="verdicts-caption" tabindex="0">
      <table data-sortable>
        <caption id="verdicts-caption" class="unseen">
          Verdicts per setting
        </caption>
        <thead>
          <tr>
            ${sortableHead('Setting')}${sortableHead('Baseline')}${sortableHead('Error rates')}
            ${sortableHead('Verdict', { explanation: 'Sorts by the difference', isText: true })}
            ${sortableHead('p, adjusted', { explanation: 'Adjusted for all comparisons of this table (Holm)' })}
            ${sortableHead('Pairs', { explanation: 'Utterances that both settings answered' })}
          </tr>
        </thead>
        <tbody>
          ${ordered.map((comparison, index) => row(comparison, index, namer))}
        </tbody>
      </table>
    </div>`;
}

const verdictOrder: readonly VerdictKind[] = [
  'worse',
  'worse-size-unclear',
  'better',
  'not-worse',
  'equivalent',
  'cannot-tell',
];

/** What a reader has to act on comes first. */
function urgency(comparison: Comparison): number {
  return verdictOrder.indexOf(comparison.verdict);
}

function row(comparison: Comparison, index: number, namer: CellNamer): Markup {
  const { baseline, candidate, baselineRate, candidateRate, difference, metric, pHolm, pairs } = comparison;
  const surroundings = namer.surroundings(candidate);
  const baselineSurroundings = namer.surroundings(baseline);
  const isOpen = comparison.verdict === 'cannot-tell';
  return html`<tr>
    <th scope="row" data-value="${index}">
      <b><bdi>${visibleText(candidate.language)}</bdi></b> ${candidate.acceleration}
      ${surroundings !== '' && html`<small><bdi>${visibleText(surroundings)}</bdi></small>`}
    </th>
    <td data-value="${namer.cell(baseline)}">
      ${baseline.acceleration}
      ${baselineSurroundings !== surroundings && html`<small><bdi>${visibleText(baselineSurroundings)}</bdi></small>`}
    </td>
    <td data-value="${candidateRate}" data-how="${howMade(comparison)}" data-metric="${metric}">
      ${quantityText(baselineRate, 'fraction')} → ${quantityText(candidateRate, 'fraction')}
      <small>${metric.toUpperCase()}</small>
    </td>
    <td
      class="${isOpen ? 'text secondary' : 'text'}"
      data-value="${difference?.value}"
      data-how="${howJudged(comparison)}"
    >
      ${verdictSentence(comparison)}
    </td>
    <td data-value="${pHolm}" data-how="${howTested(comparison)}">
      ${pHolm === null ? unknownText : pHolm < 0.001 ? '< 0.001' : pHolm.toFixed(3)}
    </td>
    <td data-value="${pairs}">${pairs}</td>
  </tr>`;
}

function howMade({ pairs, unpaired }: Comparison): string {
  return `over the ${pairs} utterances that both answered${unpaired === 0 ? '' : `; ${unpaired} found no partner`}`;
}

function howJudged({ difference, standardError, resampled, blocks, margin }: Comparison): string {
  const intervals =
    difference === null
      ? `no interval from ${blocks} ${resampled}`
      : difference.value === 0 && standardError === 0
        ? 'nothing to resample; bounded by the rule of three'
        : `intervals from resampling ${blocks} ${resampled}s, both settings together`;
  return `${intervals}; margin ${(margin * 100).toFixed(1)} points`;
}

function howTested({ p, blocks, resampled }: Comparison): string {
  return p === null
    ? 'no test without two blocks'
    : `${p.toPrecision(2)} before the adjustment; the settings of each of ${blocks} ${resampled}s exchanged at random`;
}
