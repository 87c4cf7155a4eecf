import type { PageElement, PageWindow } from './dom.ts';

/**
 * Lets the buttons in a table's head sort its rows; unknown values always come last.
 * Runs in the page: it may use nothing but its parameter.
 */
export function sortTables({ document }: PageWindow): void {
  const keyOf = (row: PageElement, column: number): string => [...row.children][column]?.dataset['value'] ?? '';

  const compare = (left: string, right: string): number => {
    const difference = Number(left) - Number(right);
    if (Number.isNaN(difference)) return left < right ? -1 : left > right ? 1 : 0;
    return difference;
  };

  const sort = (table: PageElement, column: number, descending: boolean): void => {
    const body = table.querySelector('tbody');
    if (!body) return;
    const rows = [...body.children].sort((leftRow, rightRow) => {
      const left = keyOf(leftRow, column);
      const right = keyOf(rightRow, column);
      if (left === '' || right === '') return Number(left === '') - Number(right === '');
      return descending ? compare(right, left) : compare(left, right);
    });
    body.append(...rows);
  };

  for (const table of document.querySelectorAll('table[data-sortable]')) {
    const heads = [...table.querySelectorAll('thead th')];
    heads.forEach((head, column) => {
      head.querySelector('button')?.addEventListener('click', () => {
        const descending = head.getAttribute('aria-sort') === 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        sort(table, column, descending);
      });
    });
  }
}
