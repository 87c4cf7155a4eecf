import type { CellSensitivity, NormalizerSensitivity, PresetRate, RankFlip } from '../analysis/analysis.ts';
import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { countText, pointsText, quantityText, unknownText } from '../charts/number-text.ts';
import { normalizers } from '../normalizers/index.ts';
import { cellRows } from './cell-rows.ts';
import { flipSentence } from './flip-sentence.ts';
import { type Markup, html } from './markup.ts';
import { sortableHead } from './sortable-head.ts';
import { visibleText } from './transcript-text.ts';

const LISTED = 12;

/** What another normalizer would have made of the same transcripts. */
export function sensitivitySection(sensitivity: NormalizerSensitivity | null | undefined): Markup | null {
  if (sensitivity === undefined) return null;
  if (sensitivity === null) {
    return html`<p>Not measured for this page, as the run is large; <code>earshot analyze</code> tells.</p>`;
  }
  const cells = sensitivity.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  return html`<p>
      The same transcripts scored under every preset; the primary error rate, and in small type the rank among the
      settings of one language and corpus, bold where it is not that of <b>${sensitivity.normalizer}</b>, which this
      report uses.
    </p>
    ${rateTable(sensitivity, cells, namer)} ${flipList(sensitivity.flips, sensitivity.normalizer, namer)}
    ${ruleTable(sensitivity, cells, namer)}`;
}

function rateTable(
  { presets, normalizer }: NormalizerSensitivity,
  cells: readonly CellSensitivity[],
  namer: CellNamer,
) {
  return cellRows({
    id: 'sensitivity',
    caption: 'Error rates by normalizer',
    heads: presets.map((preset) => sortableHead(preset, { explanation: normalizers[preset].summary })),
    cells,
    namer,
    row: (cell) => presets.map((preset) => rateCell(cell.presets[preset]!, cell.presets[normalizer]!)),
  });
}

function rateCell({ rate, rank }: PresetRate, own: PresetRate): Markup {
  if (rate === null || rank === null) return html`<td data-value="">${unknownText}</td>`;
  return html`<td data-value="${rate}">
    ${quantityText(rate, 'fraction')}<small>${rank === own.rank ? rank : html`<b>${rank}</b>`}</small>
  </td>`;
}

function flipList(flips: readonly RankFlip[], normalizer: string, namer: CellNamer): Markup {
  if (flips.length === 0) return html`<p>No two settings of one language change places under any of them.</p>`;
  return html`<h3>Settings that change places</h3>
    <p>
      The ${countText(flips.length, 'pair')} of settings and presets in another order than under ${normalizer}, those
      first that are far apart in both orders, with what the rules of either normalizer did to the difference. Whether a
      difference is more than chance, only the verdicts tell.
    </p>
    <ul class="findings">
      ${flips.slice(0, LISTED).map((flip) => html`<li>${visibleText(flipSentence(flip, normalizer, namer))}</li>`)}
    </ul>
    ${flips.length > LISTED && html`<p class="facts">${flips.length - LISTED} more in the JSON.</p>`}`;
}

/** What the rules of the run's own normalizer took off. */
function ruleTable({ normalizer }: NormalizerSensitivity, cells: readonly CellSensitivity[], namer: CellNamer): Markup {
  const rulesOf = (cell: CellSensitivity) => cell.presets[normalizer]!.rules;
  const rules = [...new Set(cells.flatMap((cell) => rulesOf(cell).map(({ rule }) => rule)))];
  return html`<details>
    <summary>What each rule of ${normalizer} took off the error rate</summary>
    <p>
      Rules apply in this order, from the text as it was written; each is credited with what it takes off when its turn
      comes, in percentage points.
    </p>
    ${cellRows({
      id: 'rules',
      caption: `Effect of the rules of ${normalizer}`,
      heads: [sortableHead('As written'), ...rules.map((rule) => sortableHead(rule)), sortableHead(normalizer)],
      cells,
      namer,
      row: (cell) => [
        percentCell(cell.asWritten),
        ...rules.map((rule) => {
          const change = -(rulesOf(cell).find((effect) => effect.rule === rule)?.reduction ?? 0);
          return html`<td data-value="${change}">
            ${change === 0 ? '0' : pointsText(change).replace(' points', '')}
          </td>`;
        }),
        percentCell(cell.presets[normalizer]!.rate),
      ],
    })}
  </details>`;
}

function percentCell(rate: number | null): Markup {
  return html`<td data-value="${rate}">${quantityText(rate, 'fraction')}</td>`;
}
