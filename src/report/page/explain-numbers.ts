import type { PageElement, PageWindow } from './dom.ts';

/**
 * Shows what a number of a table rests on while it is pointed at or focused, and leads to its definition. A table is one
 * stop of the tab key; arrow keys move within it.
 * Runs in the page: it may use nothing but its parameter.
 */
export function explainNumbers(page: PageWindow): void {
  const { document } = page;
  const note = document.createElement('div');
  note.className = 'tooltip';
  note.hidden = true;
  note.setAttribute('role', 'tooltip');
  note.setAttribute('id', 'how-made');
  document.body.append(note);

  // A table whose numbers are all made alike says it once; of counts, the head of their column says what they count.
  const howMade = (number: PageElement): string | null => {
    const own = number.dataset['how'] ?? number.closest('table')?.dataset['how'];
    if (own !== undefined) return own;
    const column = [...(number.closest('tr')?.children ?? [])].indexOf(number);
    const heads = [...(number.closest('table')?.querySelector('thead tr')?.children ?? [])];
    return heads[column]?.getAttribute('title') ?? null;
  };
  const show = (number: PageElement): void => {
    note.textContent = howMade(number) ?? '';
    note.hidden = false;
    const box = number.getBoundingClientRect();
    note.style.left = `${Math.max(8, Math.min(box.left, page.innerWidth - note.offsetWidth - 8))}px`;
    note.style.top = `${box.top < note.offsetHeight + 8 ? box.bottom + 4 : box.top - note.offsetHeight - 4}px`;
    number.setAttribute('aria-describedby', 'how-made');
  };
  const hide = (number: PageElement): void => {
    note.hidden = true;
    number.removeAttribute('aria-describedby');
  };
  const define = (number: PageElement): void => {
    document.getElementById(`what-${number.dataset['metric'] ?? ''}`)?.focus();
  };

  for (const table of document.querySelectorAll('table')) {
    const numbers = [...table.querySelectorAll('td')].filter((number) => howMade(number) !== null);
    numbers.forEach((number, index) => {
      number.setAttribute('tabindex', index === 0 ? '0' : '-1');
      number.addEventListener('mouseenter', () => show(number));
      number.addEventListener('mouseleave', () => hide(number));
      number.addEventListener('focus', () => show(number));
      number.addEventListener('blur', () => hide(number));
      number.addEventListener('click', () => define(number));
      number.addEventListener('keydown', (event) => {
        const { key = '' } = event;
        if (key === 'Enter') define(number);
        // The rows may have been sorted since.
        const row = number.closest('tr');
        const cells = row === null ? [] : [...row.children];
        const rows = [...(table.querySelector('tbody')?.children ?? [])];
        const column = cells.indexOf(number);
        const line = row === null ? -1 : rows.indexOf(row);
        const next =
          key === 'ArrowRight'
            ? cells[column + 1]
            : key === 'ArrowLeft'
              ? cells[column - 1]
              : key === 'ArrowDown'
                ? [...(rows[line + 1]?.children ?? [])][column]
                : key === 'ArrowUp'
                  ? [...(rows[line - 1]?.children ?? [])][column]
                  : undefined;
        if (next === undefined || !numbers.includes(next)) return;
        event.preventDefault();
        number.setAttribute('tabindex', '-1');
        next.setAttribute('tabindex', '0');
        next.focus();
      });
    });
  }
}
