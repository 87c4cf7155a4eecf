import { type Markup, html, trusted } from './markup.ts';

interface HeadOptions {
  readonly unit?: string | null;
  /** Shown over the head, where the title is not enough. */
  readonly explanation?: string | null;
  /** Text stands at the start of its column, figures at the end. */
  readonly isText?: boolean;
}

/** The head of a column whose button sorts the table, which has to have `data-sortable`. */
export function sortableHead(title: Markup | string, { unit, explanation, isText = false }: HeadOptions = {}): Markup {
  const unitText = unit == null ? null : html`<span class="unit">, ${unit}</span>`;
  const attributes = html`${explanation != null && html`title="${explanation}"`} ${isText && trusted('class="text"')}`;
  return html`<th scope="col" ${attributes}><button type="button">${title}${unitText}</button></th>`;
}
