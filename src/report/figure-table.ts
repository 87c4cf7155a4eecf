import { type Markup, html } from './markup.ts';
import { sortableTable } from './sortable-table.ts';

/** A column of figures, of short words, or of text that wraps. */
export interface FigureColumn {
  readonly title: string;
  /** Shown over the head, where the title is not enough. */
  readonly explanation?: string;
  readonly kind?: 'figure' | 'word' | 'text';
}

/** What a table shows in one place. */
export interface Figure {
  readonly content: Markup | string;
  /** The column is sorted by it; `null` for what is not known, which comes last. */
  readonly value: number | string | null;
  /** What it rests on, shown while it is pointed at or focused. */
  readonly how?: string;
  /** The definition that it leads to, by its id. */
  readonly meaning?: string;
}

interface FigureTable {
  /** Unique in the page. */
  readonly id: string;
  readonly caption: Markup | string;
  readonly columns: readonly FigureColumn[];
  /** As many figures as there are columns; the first one names the row, and sorts by the given order. */
  readonly rows: readonly (readonly Figure[])[];
}

/** A sortable table in which every number says how it was made. */
export function figureTable({ id, caption, columns, rows }: FigureTable): Markup {
  return sortableTable({
    id,
    caption,
    heads: columns.map(
      ({ title, explanation, kind = 'figure' }) =>
        html`<th scope="col" class="${kind}" ${explanation !== undefined && html`title="${explanation}"`}>
          <button type="button">${title}</button>
        </th>`,
    ),
    rows: rows.map(
      ([name, ...others], index) =>
        html`<tr>
          <th scope="row" data-value="${index}">${name?.content}</th>
          ${others.map((figure, column) => figureCell(figure, columns[column + 1]!))}
        </tr>`,
    ),
  });
}

function figureCell({ content, value, how, meaning }: Figure, { kind = 'figure' }: FigureColumn): Markup {
  const made = how !== undefined && html`data-how="${how}"`;
  const leads = meaning !== undefined && html`data-metric="${meaning}"`;
  return html`<td class="${kind}" data-value="${value ?? ''}" ${made} ${leads}>${content}</td>`;
}

/** What a kind of number means, by the id that figures lead to. */
export interface Definition {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** @param chapter of METHODOLOGY.md, where the formulas stand. */
export function definitionList(definitions: readonly Definition[], chapter: string): Markup {
  return html`<p>
      Formulas, sources and choices stand in METHODOLOGY.md, which comes with Earshot, under “${chapter}”.
    </p>
    <dl class="definitions">
      ${definitions.map(
        ({ id, title, text }) =>
          html`<dt id="what-${id}" tabindex="-1">${title}</dt>
            <dd>${text}</dd>`,
      )}
    </dl>`;
}
