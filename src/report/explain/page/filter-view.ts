import type { Browser, Element } from './browser.ts';
import type { Elements } from './elements.ts';
import type { PageErrors, PageQuery } from './errors.ts';

/** The search and the filters. */
export interface FilterView {
  /** Shows a query that came from elsewhere, such as the address. */
  show(query: PageQuery): void;
}

/** Fills the page's form and listens to it. Runs in the page: it may use nothing but its parameters. */
export function filterView(
  page: Browser,
  { byId, make, button, outside }: Elements,
  { packed }: PageErrors,
  onChange: (change: Partial<PageQuery>) => void,
): FilterView {
  const search = byId('search');
  let timer = 0;
  search.addEventListener('input', () => {
    page.clearTimeout(timer);
    timer = page.setTimeout(() => onChange({ text: search.value }), 150);
  });

  const select = (id: string, names: readonly string[], change: (value: number) => Partial<PageQuery>): Element => {
    const element = byId(id);
    element.append(...names.map((name, index) => make('option', { value: index }, name.slice(0, 60))));
    element.addEventListener('change', () => onChange(change(Number(element.value))));
    if (names.length === 0) element.closest('label')!.hidden = true;
    return element;
  };
  const language = select(
    'language',
    packed.languages.map(({ name, tag }) => (name === tag ? tag : `${name} (${tag})`)),
    (value) => ({ language: value }),
  );
  const speaker = select('speaker', packed.speakers, (value) => ({ speaker: value }));
  const errorClass = select('class', packed.errorClasses, (value) => ({ errorClass: value }));
  const flag = select('flag', packed.hallucinations, (value) => ({ flag: value }));
  const outcome = byId('outcome');
  outcome.addEventListener('change', () => onChange({ outcome: outcome.value }));
  const order = byId('order');
  order.addEventListener('change', () => onChange({ order: order.value as PageQuery['order'] }));
  const agreeing = byId('agreeing');
  agreeing.addEventListener('change', () => onChange({ agreeing: agreeing.checked }));

  const bounds = ['minSeconds', 'maxSeconds', 'minSnrDb', 'maxSnrDb'] as const;
  for (const name of bounds) {
    const field = byId(name);
    field.addEventListener('change', () => onChange({ [name]: field.value === '' ? null : Number(field.value) }));
  }
  if (packed.utterances.snrDb.every((value) => value === null)) byId('snr').hidden = true;

  const boxes = packed.settings.map(({ name }, setting) => {
    const box = make('input', { type: 'checkbox', value: setting });
    box.addEventListener('change', () => {
      const chosen = boxes.flatMap((other, index) => (other.checked ? [index] : []));
      // None counts as all, and so does every one.
      onChange({ settings: chosen.length === boxes.length ? [] : chosen });
    });
    byId('settings').append(make('label', { class: 'chip' }, box, outside(name, 120)));
    return box;
  });
  if (packed.settings.length < 2) {
    byId('settings').hidden = true;
    agreeing.closest('label')!.hidden = true;
  }

  const special = byId('special');
  const badge = (what: readonly (Element | string)[], off: Partial<PageQuery>): Element =>
    make(
      'span',
      { class: 'badge' },
      ...what,
      button('×', () => onChange(off), { 'aria-label': 'Remove this filter' }),
    );

  return {
    show(query) {
      search.value = query.text;
      language.value = String(query.language);
      speaker.value = String(query.speaker);
      errorClass.value = String(query.errorClass);
      flag.value = String(query.flag);
      outcome.value = query.outcome;
      order.value = query.order;
      agreeing.checked = query.agreeing;
      for (const name of bounds) byId(name).value = query[name] === null ? '' : String(query[name]);
      for (const [setting, box] of boxes.entries()) {
        box.checked = query.settings.length === 0 || query.settings.includes(setting);
      }
      const token = (text: string | null): Element => outside(text ?? '∅', 40);
      special.replaceChildren(
        ...(query.edit === null
          ? []
          : [badge([token(query.edit.reference), ' → ', token(query.edit.hypothesis)], { edit: null })]),
        ...(query.lost === null
          ? []
          : [
              badge(
                [
                  token(query.lost.word),
                  ' lost by ',
                  outside(packed.settings[query.lost.lostBy]!.name, 80),
                  ', heard by ',
                  outside(packed.settings[query.lost.heardBy]!.name, 80),
                ],
                { lost: null },
              ),
            ]),
      );
    },
  };
}
