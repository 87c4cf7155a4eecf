import { type Markup, html } from './markup.ts';

interface SortableTable {
  /** Unique in the page; ids derive from it. */
  readonly id: string;
  /** For listeners; what is seen is said by what stands around. */
  readonly caption: Markup | string;
  /** Of all columns, with the buttons that sort. */
  readonly heads: readonly Markup[];
  /** Rows of cells with `data-value`, by which they are sorted. */
  readonly rows: readonly Markup[];
  /** How the numbers are made, where all are made alike. */
  readonly how?: string;
}

/** A table in a frame of its own that scrolls where the page is narrow. */
export function sortableTable({ id, caption, heads, rows, how }: SortableTable): Markup {
  return html`<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0">
    <table data-sortable class="cells" ${how !== undefined && html`data-how="${how}"`}>
      <caption id="${id}-caption" class="unseen">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
