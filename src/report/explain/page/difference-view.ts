import type { Element } from './browser.ts';
import type { Elements } from './elements.ts';
import type { PageErrors } from './errors.ts';

/** One column of aligned words: a token of the reference, or an insertion, and what each setting has there. */
export interface AlignedColumn {
  /** `null` where settings have inserted something. */
  readonly reference: string | null;
  /** Per setting: the heard token, `null` for nothing. */
  readonly heard: readonly (string | null)[];
  /** Per setting: title of the error's class, `null` for a hit or where there is nothing to say. */
  readonly classes: readonly (string | null)[];
}

/**
 * Sets the results of one reference beside each other, token by token.
 * @param places results with the same reading. Runs in the page: it may use nothing but its parameters.
 */
export function alignColumns(errors: PageErrors, places: readonly number[]): readonly AlignedColumn[] {
  const { packed } = errors;
  const { edit } = packed.results;
  const reading = packed.results.reading[places[0]!]!;
  const start = errors.readingStart[reading]!;
  const length = packed.readingLengths[reading]!;
  interface Heard {
    readonly token: string | null;
    readonly errorClass: string | null;
  }
  // What a setting has at a token that it did not hit, and what it inserted before each token and at the end.
  const rows = places.map((place) => {
    const missed = new Map<number, Heard>();
    const inserted = new Map<number, Heard[]>();
    let at = 0;
    for (let index = errors.editStart[place]! * 4; index < errors.editStart[place + 1]! * 4; index += 4) {
      at += edit[index]!;
      const token = edit[index + 2] === -1 ? null : packed.tokens[edit[index + 2]!]!;
      const heard = { token, errorClass: packed.errorClasses[edit[index + 3]!] ?? null };
      if (edit[index + 1] === 2) inserted.set(at, [...(inserted.get(at) ?? []), heard]);
      else missed.set(at++, heard);
    }
    return { missed, inserted };
  });
  const columns: AlignedColumn[] = [];
  for (let at = 0; at <= length; at++) {
    const widest = Math.max(0, ...rows.map(({ inserted }) => inserted.get(at)?.length ?? 0));
    for (let index = 0; index < widest; index++) {
      const heard = rows.map(({ inserted }) => inserted.get(at)?.[index]);
      columns.push({
        reference: null,
        heard: heard.map((one) => one?.token ?? null),
        classes: heard.map((one) => one?.errorClass ?? null),
      });
    }
    if (at === length) break;
    const reference = packed.tokens[packed.readingTokens[start + at]!]!;
    const missed = rows.map((row) => row.missed.get(at));
    columns.push({
      reference,
      heard: missed.map((one) => (one === undefined ? reference : one.token)),
      classes: missed.map((one) => one?.errorClass ?? null),
    });
  }
  return columns;
}

/**
 * Tables of aligned columns, broken into lines that fit the width, the settings below the reference.
 * Runs in the page: it may use nothing but its parameters.
 */
export function differenceView(
  { make, outside, button }: Elements,
  columns: readonly AlignedColumn[],
  names: readonly string[],
  language: { readonly lang: string; readonly direction: string; readonly unit: string },
  widthPixels: number,
): Element {
  const most = 400;
  const [perCharacter, padding, label] = [9, 14, Math.min(170, widthPixels * 0.3)];
  const container = make('div', { class: 'differences' });
  // Wide characters take two columns of a terminal and about as much more here.
  const widthOf = (text: string): number =>
    Array.from(text.slice(0, 60)).reduce(
      (sum, character) => sum + (/[\u1100-\u9fff\uac00-\ud7a3\uff00-\uff60]/.test(character) ? 2 : 1),
      0,
    );
  const columnWidth = ({ reference, heard }: AlignedColumn): number =>
    padding + perCharacter * Math.max(1, widthOf(reference ?? ''), ...heard.map((token) => widthOf(token ?? '') + 1));

  const lines: AlignedColumn[][] = [[]];
  let width = label;
  for (const column of columns.slice(0, most)) {
    const next = columnWidth(column);
    if (width + next > widthPixels && lines.at(-1)!.length > 0) {
      lines.push([]);
      width = label;
    }
    lines.at(-1)!.push(column);
    width += next;
  }

  const word = (token: string): Element => outside(token, 60);
  const cell = ({ reference, heard, classes }: AlignedColumn, row: number): Element => {
    const token = heard[row] ?? null;
    const title = classes[row] ?? null;
    if (reference === token)
      return token === null ? make('td', { class: 'nothing' }) : make('td', { class: 'hit' }, word(token));
    if (reference === null) {
      return make('td', { title }, make('ins', {}, make('span', { class: 'unseen' }, 'inserted: '), '+', word(token!)));
    }
    if (token === null) {
      return make('td', { title }, make('del', {}, make('span', { class: 'unseen' }, 'lost: '), '−', word(reference)));
    }
    return make(
      'td',
      { title },
      make('ins', { class: 'changed' }, make('span', { class: 'unseen' }, 'heard instead: '), '≠', word(token)),
    );
  };

  for (const [index, line] of lines.entries()) {
    const lang = language.lang === '' ? null : language.lang;
    const table = make(
      'table',
      { class: 'aligned', dir: language.direction, lang },
      make('caption', { class: 'unseen', lang: 'en' }, `Differences, line ${index + 1} of ${lines.length}`),
      make(
        'tbody',
        {},
        make(
          'tr',
          { class: 'said' },
          make('th', { scope: 'row', lang: 'en', dir: 'ltr' }, 'reference'),
          ...line.map(({ reference }) => make('td', {}, reference === null ? '' : word(reference))),
        ),
        ...names.map((name, row) =>
          make(
            'tr',
            {},
            make('th', { scope: 'row', lang: 'en', dir: 'ltr' }, outside(name, 120)),
            ...line.map((column) => cell(column, row)),
          ),
        ),
      ),
    );
    container.append(
      make(
        'div',
        {
          ...{ class: 'line', dir: language.direction, tabindex: 0, role: 'group' },
          'aria-label': `Differences, line ${index + 1}`,
        },
        table,
      ),
    );
  }
  if (columns.length > most) {
    container.append(
      button(
        `Show all ${columns.length.toLocaleString('en-US')} columns`,
        () => {
          container.replaceChildren(
            make(
              'p',
              { class: 'facts' },
              columns
                .map(({ reference, heard }) => `${reference ?? '+'}→${heard.map((token) => token ?? '−').join('|')}`)
                .join('  '),
            ),
          );
        },
        { class: 'more' },
      ),
    );
  }
  return container;
}
