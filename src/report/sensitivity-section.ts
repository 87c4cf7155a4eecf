import type { CellSensitivity, NormalizerSensitivity, PresetRate, RankFlip } from '../analysis/analysis.ts';
import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { countText, intervalFigures, quantityText, unknownText } from '../charts/number-text.ts';
import { normalizers, rulesFor } from '../normalizers/index.ts';
import { cellRows } from './cell-rows.ts';
import { flipSentence, signedPoints } from './flip-sentence.ts';
import { type Markup, html } from './markup.ts';
import { sortableHead } from './sortable-head.ts';
import { visibleText } from './transcript-text.ts';

const LISTED = 12;

/** What another normalizer would have made of the same transcripts. */
export function sensitivitySection(sensitivity: NormalizerSensitivity | null | undefined): Markup | null {
  if (sensitivity === undefined) return null;
  if (sensitivity === null) {
    return html`<p>
      Not measured for this page: either the run is large, and <code>earshot analyze</code> tells, or its normalizer is
      none of this version.
    </p>`;
  }
  const cells = sensitivity.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  return html`<p>
      The same transcripts scored under every preset; the primary error rate with its 95% interval, and behind # the
      rank among the settings of one language and corpus, bold where it is not that of
      <b>${sensitivity.normalizer}</b>, which this report uses.
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
    row: (cell) => presets.map((preset) => rateCell(preset, cell.presets[preset]!, cell.presets[normalizer]!)),
  });
}

function rateCell(preset: string, { rate, interval, rank }: PresetRate, own: PresetRate): Markup {
  if (rate === null || rank === null) return html`<td data-value="">${unknownText}</td>`;
  const how = `errors over tokens of all answers, both sides normalized by ${preset}; rank ${rank} of its settings`;
  return html`<td data-value="${rate}" data-how="${how}">
    ${quantityText(rate, 'fraction')}
    <small>
      ${interval !== null && intervalFigures({ interval }, 'fraction')}
      ${rank === own.rank ? `#${rank}` : html`<b>#${rank}</b>`}
    </small>
  </td>`;
}

function flipList(flips: readonly RankFlip[], normalizer: string, namer: CellNamer): Markup {
  if (flips.length === 0) return html`<p>No two settings of one language change places under any of them.</p>`;
  return html`<h3>Settings that change places</h3>
    <p>
      Of two settings the better one under ${normalizer} is the worse one under another preset, in
      ${countText(flips.length, 'case')}; those first that are far apart in both orders. Behind the colon stands what
      the rules in which both normalizers differ did to the difference, in points. Whether a difference is more than
      chance, only the verdicts tell.
    </p>
    <ul class="findings">
      ${flips.slice(0, LISTED).map((flip) => html`<li>${visibleText(flipSentence(flip, normalizer, namer))}</li>`)}
    </ul>
    ${flips.length > LISTED && html`<p class="facts">${flips.length - LISTED} more in the JSON.</p>`}`;
}

/** What the rules of the run's own normalizer took off. */
function ruleTable({ normalizer }: NormalizerSensitivity, cells: readonly CellSensitivity[], namer: CellNamer): Markup {
  const effectOf = (cell: CellSensitivity, name: string): number =>
    cell.presets[normalizer]!.rules.find(({ rule }) => rule === name)?.reduction ?? 0;
  const inOrder = cells.flatMap(({ cell }) => rulesFor(normalizers[normalizer], cell.language).map(({ name }) => name));
  const rules = [...new Set(inOrder)].filter((name) => cells.some((cell) => effectOf(cell, name) !== 0));
  return html`<details>
    <summary>What each rule of ${normalizer} took off the error rate</summary>
    <p>
      Rules apply in this order, from the text as it was written; each is credited with what it takes off when its turn
      comes, in percentage points.
    </p>
    ${cellRows({
      id: 'rules',
      caption: `Effect of the rules of ${normalizer}`,
      heads: [
        sortableHead('As written', { explanation: 'Primary error rate of the transcripts as they came' }),
        ...rules.map((rule) => sortableHead(rule)),
        sortableHead(normalizer, { explanation: 'Primary error rate behind the last rule' }),
      ],
      cells,
      namer,
      row: (cell) => [
        percentCell(cell.asWritten),
        ...rules.map((rule) => {
          const change = -effectOf(cell, rule);
          const how = `what ${rule} did to the rate when its turn came, in points`;
          return html`<td data-value="${change}" data-how="${how}">${change === 0 ? '0' : signedPoints(change)}</td>`;
        }),
        percentCell(cell.presets[normalizer]!.rate),
      ],
    })}
  </details>`;
}

function percentCell(rate: number | null): Markup {
  return html`<td data-value="${rate}">${quantityText(rate, 'fraction')}</td>`;
}
