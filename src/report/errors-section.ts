import type { ErrorAnalysis, ErrorClassName, ErrorProfile, RepeatedError } from '../analysis/analysis.ts';
import { hallucinations } from '../analysis/hallucinations/index.ts';
import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { countText, quantityText, unknownText } from '../charts/number-text.ts';
import { primaryLanguage } from '../text/language.ts';
import { primaryUnitOf } from '../text/units.ts';
import type { Cell } from '../types.ts';
import { alignmentMarkup } from './alignment-markup.ts';
import { cellRows } from './cell-rows.ts';
import { errorClassTitles } from '../analysis/class-titles.ts';
import { type Markup, html } from './markup.ts';
import { sortableHead } from './sortable-head.ts';
import { languageAttributes, visibleText } from './transcript-text.ts';

type CellErrors = ErrorProfile & { readonly cell: Cell };

const LISTED = 10;

/** Of what kind the errors of each cell are, which were made again and again, and what looks made up. */
export function errorsSection(analysis: ErrorAnalysis | undefined): Markup | null {
  if (analysis === undefined) return null;
  if (analysis.overall.errors === 0) return html`<p>No answer had an error.</p>`;
  const cells = analysis.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  return html`<p>
      Shares of a cell's errors by class, from the alignment of normalized words; the first class that explains an error
      names it. ${unknownText} means that nothing knows the language well enough to tell.
    </p>
    ${classTable(analysis, cells, namer)} ${hallucinationTable(analysis, cells, namer)}
    <details>
      <summary>The most frequent confusions, deletions and insertions of each setting</summary>
      ${cells.map((cell) => repeatedErrors(cell, namer))}
    </details>`;
}

function classTable(analysis: ErrorAnalysis, cells: readonly CellErrors[], namer: CellNamer): Markup {
  const shown = errorClassTitles.filter(({ name }) => analysis.overall.classes[name] > 0);
  return cellRows({
    id: 'error-classes',
    caption: 'Errors by class per cell',
    heads: [
      sortableHead('Errors', { explanation: 'Substitutions, deletions and insertions in the primary unit' }),
      ...shown.map(({ title, description }) => sortableHead(title, { explanation: description })),
    ],
    cells,
    namer,
    row: (cell) => [
      html`<td data-value="${cell.errors}" data-how="S + D + I of ${cell.utterances} answers">${cell.errors}</td>`,
      ...shown.map(({ name }) => shareCell(cell, name, analysis)),
    ],
  });
}

function shareCell({ cell, errors, classes }: CellErrors, name: ErrorClassName, analysis: ErrorAnalysis): Markup {
  const isUnknown = analysis.unknownLanguages[name]?.includes(primaryLanguage(cell.language)) === true;
  if (errors === 0 || (isUnknown && classes[name] === 0)) return html`<td data-value="">${unknownText}</td>`;
  const share = classes[name] / errors;
  const how = `${classes[name]} of ${errors} errors`;
  return html`<td data-value="${share}" data-how="${how}">
    ${quantityText(share, 'fraction')}<small>${classes[name]}</small>
  </td>`;
}

function hallucinationTable(analysis: ErrorAnalysis, cells: readonly CellErrors[], namer: CellNamer): Markup {
  const { overall } = analysis;
  if (overall.hallucinated === 0) {
    return html`<p>None of ${countText(overall.utterances, 'answer')} shows a sign of hallucination.</p>`;
  }
  const shown = hallucinations.filter(({ kind }) => overall.hallucinations[kind].utterances > 0);
  return html`<p>
      Signs of hallucination, of text that was made up rather than misheard, in
      ${countText(overall.hallucinated, 'answer')} of ${overall.utterances}. A sign is a reason to listen, no proof.
    </p>
    ${cellRows({
      id: 'hallucinations',
      caption: 'Answers with signs of hallucination per cell',
      heads: [
        sortableHead('Answers', { explanation: 'Utterances that were answered' }),
        sortableHead('With a sign', { explanation: 'Answers with one of the signs, or several' }),
        ...shown.map(({ title, description }) => sortableHead(title, { explanation: description })),
      ],
      cells,
      namer,
      row: (cell) => [
        html`<td data-value="${cell.utterances}">${cell.utterances}</td>`,
        html`<td data-value="${cell.hallucinated}" data-how="of ${cell.utterances} answers">${cell.hallucinated}</td>`,
        ...shown.map(({ kind }) => {
          const { utterances, examples } = cell.hallucinations[kind];
          return html`<td data-value="${utterances}" data-how="of ${cell.utterances} answers">
            ${utterances}${utterances > 0 && html`<small>${exampleIds(examples)}</small>`}
          </td>`;
        }),
      ],
    })}`;
}

function repeatedErrors(cell: CellErrors, namer: CellNamer): Markup | null {
  const lists = [
    { title: 'Confusions', errors: cell.confusions },
    { title: 'Deletions', errors: cell.deletions },
    { title: 'Insertions', errors: cell.insertions },
  ].filter(({ errors }) => errors.length > 0);
  if (lists.length === 0) return null;
  return html`<details>
    <summary><bdi>${visibleText(namer.cell(cell.cell))}</bdi> · ${countText(cell.errors, 'error')}</summary>
    <div class="panels">
      ${lists.map(
        ({ title, errors }) =>
          html`<div class="panel">
            <h3>${title}</h3>
            <ol class="repeated">
              ${errors.slice(0, LISTED).map((error) => repeatedError(error, cell.cell))}
            </ol>
          </div>`,
      )}
    </div>
  </details>`;
}

function repeatedError({ errorClass, reference, hypothesis, count, examples }: RepeatedError, cell: Cell): Markup {
  const operation = hypothesis === '' ? 'deletion' : reference === '' ? 'insertion' : 'substitution';
  const title = errorClassTitles.find(({ name }) => name === errorClass)!.title;
  const step = { operation, reference, hypothesis } as const;
  return html`<li>
    <span class="speech" ${languageAttributes(cell.language)}
      >${alignmentMarkup([step], primaryUnitOf(cell.language))}</span
    >
    × ${count}
    <small>${operation === 'substitution' && html`${title.toLowerCase()} · `}${exampleIds(examples)}</small>
  </li>`;
}

function exampleIds(examples: readonly string[]): Markup {
  return html`${examples.map((id, i) => html`${i > 0 && ', '}<bdi>${visibleText(id)}</bdi>`)}`;
}
