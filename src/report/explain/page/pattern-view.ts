import type { Element } from './browser.ts';
import type { Elements } from './elements.ts';
import type { PageErrors, PageQuery } from './errors.ts';
import type { tallyEdits, tallyLostWords } from './tally-edits.ts';

/** Functions that the view is made of. */
export interface PatternParts {
  readonly tallyEdits: typeof tallyEdits;
  readonly tallyLostWords: typeof tallyLostWords;
}

/**
 * Makes the lists of what happened often among the shown utterances; a click shows where.
 * Runs in the page: it may use nothing but its parameters.
 */
export function patternView(
  { make, outside, button }: Elements,
  errors: PageErrors,
  parts: PatternParts,
  onPick: (change: Partial<PageQuery>) => void,
): (utterances: Int32Array, query: PageQuery) => Element {
  const { packed } = errors;
  const most = 25;
  const names = packed.settings.map(({ name }) => name);
  let pair: [heardBy: number, lostBy: number] = [0, names.length - 1];

  const table = (
    title: string,
    heads: readonly string[],
    rows: readonly (readonly [Element, ...string[]])[],
  ): Element =>
    make(
      'section',
      { class: 'pattern' },
      make('h2', {}, title),
      rows.length === 0
        ? make('p', { class: 'facts' }, 'none among these utterances')
        : make(
            'table',
            {},
            make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))),
            make(
              'tbody',
              {},
              ...rows.map(([first, ...figures]) =>
                make('tr', {}, make('th', { scope: 'row' }, first), ...figures.map((figure) => make('td', {}, figure))),
              ),
            ),
          ),
    );

  const edit = (reference: string | null, hypothesis: string | null): Element => {
    const parts = [
      ...(reference === null ? [] : [make('del', {}, '−', outside(reference, 40))]),
      ...(reference === null || hypothesis === null ? [] : [' → ']),
      ...(hypothesis === null ? [] : [make('ins', {}, '+', outside(hypothesis, 40))]),
    ];
    const element = button('', () => onPick({ edit: { reference, hypothesis } }), {
      class: 'pick',
      title: 'Show where',
    });
    element.replaceChildren(...parts);
    return element;
  };

  const picker = (label: string, at: 0 | 1, onChange: () => void): Element => {
    const select = make('select', {}, ...names.map((name, index) => make('option', { value: index }, name)));
    select.value = String(pair[at]);
    select.addEventListener('change', () => {
      pair = at === 0 ? [Number(select.value), pair[1]] : [pair[0], Number(select.value)];
      onChange();
    });
    return make('label', {}, `${label} `, select);
  };

  return (utterances, query) => {
    const [substitutions, deletions, insertions] = parts.tallyEdits(errors, query.settings, utterances, most);
    const lists = [
      table(
        'Substitutions',
        ['said → heard', 'times'],
        substitutions.map(({ reference, hypothesis, count }) => [
          edit(reference, hypothesis),
          count.toLocaleString('en-US'),
        ]),
      ),
      table(
        'Deletions',
        ['lost', 'times'],
        deletions.map(({ reference, hypothesis, count }) => [
          edit(reference, hypothesis),
          count.toLocaleString('en-US'),
        ]),
      ),
      table(
        'Insertions',
        ['inserted', 'times'],
        insertions.map(({ reference, hypothesis, count }) => [
          edit(reference, hypothesis),
          count.toLocaleString('en-US'),
        ]),
      ),
    ];
    const container = make('div', { class: 'patterns' });
    const draw = (): void => {
      const lost = names.length < 2 ? [] : parts.tallyLostWords(errors, pair, utterances, most);
      const words = table(
        'Words lost by one setting',
        ['word', 'lost', 'the other way'],
        lost.map(({ word, lost: times, found }) => {
          const pick = button('', () => onPick({ lost: { word, heardBy: pair[0], lostBy: pair[1] } }), {
            class: 'pick',
            title: 'Show where',
          });
          pick.replaceChildren(make('del', {}, '−', outside(word, 40)));
          return [pick, times.toLocaleString('en-US'), found.toLocaleString('en-US')];
        }),
      );
      if (names.length > 1) {
        const pickers = make('p', { class: 'pickers' }, picker('lost by', 1, draw), picker('but heard by', 0, draw));
        words.querySelector('h2')!.append(pickers);
      }
      container.replaceChildren(...lists, ...(names.length > 1 ? [words] : []));
    };
    draw();
    return container;
  };
}
