import type { Browser, Element } from './browser.ts';
import type { Elements } from './elements.ts';
import type { PageErrors } from './errors.ts';
import type { totalsOf } from './order-utterances.ts';

/** The list of utterances, of which only the visible rows are in the document. */
export interface ListView {
  /** Shows other utterances, from the first on unless the open one is among them. */
  show(utterances: Int32Array, settings: readonly number[], open: number): void;
  /** Marks an utterance and brings it into view. */
  mark(utterance: number): void;
  /** The utterance so many rows after the marked one; −1 without any. */
  neighbor(steps: number): number;
  readonly element: Element;
}

/** Runs in the page: it may use nothing but its parameters. */
export function listView(
  page: Browser,
  { byId, make, outside }: Elements,
  errors: PageErrors,
  totals: typeof totalsOf,
  onOpen: (utterance: number) => void,
): ListView {
  const rowHeight = 60;
  const { packed, settings } = errors;
  const list = byId('list');
  const rows = make('div', { class: 'rows' });
  list.replaceChildren(rows);
  let shown = new Int32Array();
  let chosen: readonly number[] = [];
  let marked = -1;
  let drawn = '';

  const percent = (part: number, whole: number): string =>
    whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)}%`;

  const bar = (place: number): Element => {
    const status = packed.results.status[place]!;
    const words: Readonly<Record<string, string>> = { '-': 'no result', e: 'empty', f: 'failed' };
    const rate = errors.errors[place]! / Math.max(1, errors.length[place]!);
    const name = packed.settings[place % settings]!.name;
    const level = make('span', { class: `level ${status === 'f' || status === '-' ? 'none' : ''}` });
    level.style.setProperty('--rate', String(status === 'f' || status === '-' ? 0 : Math.min(1, rate)));
    level.setAttribute('title', `${name}: ${words[status] ?? `${errors.errors[place]} errors`}`);
    return level;
  };

  const row = (position: number): Element => {
    const utterance = shown[position]!;
    const language = packed.languages[packed.utterances.language[utterance]!]!;
    const total = totals(errors, chosen, utterance);
    const shownSettings = chosen.length > 0 ? chosen : packed.settings.map((_, setting) => setting);
    const places = shownSettings.map((setting) => utterance * settings + setting);
    const isFailed = places.some((place) => packed.results.status[place] === 'f');
    const isEmpty = places.some((place) => packed.results.status[place] === 'e');
    const id = packed.utterances.id[utterance]!;
    const element = make(
      'div',
      {
        role: 'option',
        id: `row-${utterance}`,
        class: 'row',
        'aria-selected': utterance === marked ? 'true' : 'false',
        'aria-setsize': shown.length,
        'aria-posinset': position + 1,
        'data-utterance': utterance,
      },
      make('span', { class: 'rate' }, percent(total.errors, total.length)),
      make(
        'span',
        { class: 'words', lang: language.lang === '' ? null : language.lang, dir: language.direction },
        outside(packed.texts[packed.utterances.reference[utterance]!]!.slice(0, 160), Infinity),
      ),
      make(
        'span',
        { class: 'about' },
        make('span', { class: 'levels', 'aria-hidden': 'true' }, ...places.slice(0, 16).map(bar)),
        `${language.tag} · ${packed.utterances.seconds[utterance]!.toFixed(1)} s · ${total.errors} error${total.errors === 1 ? '' : 's'}`,
        isFailed ? ' · failed' : '',
        isEmpty ? ' · empty' : '',
        ' · ',
        outside(id.slice(0, 80), Infinity),
      ),
    );
    element.style.setProperty('top', `${position * rowHeight}px`);
    return element;
  };

  const draw = (): void => {
    const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 6);
    const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + 6);
    const wanted = `${first} ${last}`;
    if (wanted === drawn) return;
    drawn = wanted;
    rows.replaceChildren(...Array.from({ length: Math.max(0, last - first) }, (_, index) => row(first + index)));
    const position = shown.indexOf(marked);
    if (position >= first && position < last) list.setAttribute('aria-activedescendant', `row-${marked}`);
    else list.removeAttribute('aria-activedescendant');
  };

  const bringIntoView = (position: number): void => {
    const top = position * rowHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
  };

  const mark = (utterance: number): void => {
    marked = utterance;
    const position = shown.indexOf(utterance);
    if (position !== -1) bringIntoView(position);
    drawn = '';
    draw();
  };

  list.addEventListener('scroll', draw);
  list.addEventListener('click', ({ target }) => {
    const utterance = target.closest('.row')?.dataset['utterance'];
    if (utterance !== undefined) onOpen(Number(utterance));
  });
  new page.ResizeObserver(draw).observe(list);
  page.addEventListener('beforeprint', () => {
    const most = Math.min(shown.length, 100);
    rows.replaceChildren(...Array.from({ length: most }, (_, position) => row(position)));
  });
  page.addEventListener('afterprint', () => {
    drawn = '';
    draw();
  });

  return {
    element: list,
    mark,
    neighbor(steps) {
      const position = shown.indexOf(marked);
      const next = position === -1 ? 0 : Math.max(0, Math.min(shown.length - 1, position + steps));
      return shown[next] ?? -1;
    },
    show(utterances, settingsShown, open) {
      shown = utterances as Int32Array<ArrayBuffer>;
      chosen = settingsShown;
      rows.style.setProperty('height', `${shown.length * rowHeight}px`);
      list.scrollTop = 0;
      list.setAttribute('aria-label', `${shown.length.toLocaleString('en-US')} utterances`);
      mark(open);
    },
  };
}
