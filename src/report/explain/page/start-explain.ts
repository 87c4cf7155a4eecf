import type { PackedErrors } from '../packed.ts';
import type { AcceptedWording, overlayText } from './accept-wording.ts';
import type { agreementOf } from './agreement.ts';
import type { Browser } from './browser.ts';
import type { detailView, DetailParts } from './detail-view.ts';
import type { elements } from './elements.ts';
import type { PageQuery } from './errors.ts';
import type { filterUtterances } from './filter-utterances.ts';
import type { filterView } from './filter-view.ts';
import type { listView } from './list-view.ts';
import type { orderUtterances, totalsOf } from './order-utterances.ts';
import type { patternView, PatternParts } from './pattern-view.ts';
import type { PageState, permalinks } from './permalink.ts';
import type { unpack } from './unpack.ts';

/** Everything that the page is made of, by name. */
export interface ExplainParts extends DetailParts, PatternParts {
  readonly agreementOf: typeof agreementOf;
  readonly detailView: typeof detailView;
  readonly elements: typeof elements;
  readonly filterUtterances: typeof filterUtterances;
  readonly filterView: typeof filterView;
  readonly listView: typeof listView;
  readonly orderUtterances: typeof orderUtterances;
  readonly overlayText: typeof overlayText;
  readonly patternView: typeof patternView;
  readonly permalinks: typeof permalinks;
  readonly totalsOf: typeof totalsOf;
  readonly unpack: typeof unpack;
}

/** Unpacks the page's content and brings its parts together. Runs in the page: it may use nothing but its parameters. */
export async function startExplain(page: Browser, parts: ExplainParts): Promise<void> {
  const tools = parts.elements(page);
  const { byId } = tools;
  const compressed = new page.Blob([tools.bytes(byId('content').textContent ?? '')], { type: '' });
  const content = new page.Response(compressed.stream().pipeThrough(new page.DecompressionStream('gzip')));
  const errors = parts.unpack((await content.json()) as PackedErrors);
  const { packed } = errors;
  const links = parts.permalinks(errors);
  const accepted = new Map<number, AcceptedWording>();
  let state: PageState = links.read(page.location.hash);
  let shown = new Int32Array();

  const agreedText = (utterance: number): string | null => {
    const setting = parts.agreementOf(errors, state.query.settings, utterance);
    return setting === -1 ? null : packed.texts[packed.results.text[utterance * errors.settings + setting]!]!;
  };
  const showAccepted = (): void => {
    byId('export').textContent = `Save ${accepted.size} accepted as an overlay`;
    byId('export').hidden = accepted.size === 0;
  };
  const accept = (utterance: number): void => {
    const heard = agreedText(utterance);
    if (heard === null) return;
    accepted.set(utterance, {
      utterance: packed.utterances.id[utterance]!,
      corpus: packed.corpora[packed.utterances.corpus[utterance]!]!,
      reference: packed.texts[packed.utterances.reference[utterance]!]!,
      isNotated: packed.utterances.notated[utterance] === 1,
      heard,
    });
  };
  byId('export').addEventListener('click', () => {
    const version = new Date().toISOString().slice(0, 10);
    tools.save('overlay.json', 'application/json', parts.overlayText([...accepted.values()], version));
  });

  const detail = parts.detailView(page, tools, errors, parts, {
    has: (utterance) => accepted.has(utterance),
    toggle(utterance) {
      if (!accepted.delete(utterance)) accept(utterance);
      showAccepted();
    },
    agreedText,
  });
  const list = parts.listView(page, tools, errors, parts.totalsOf, (utterance) => open(utterance, true));
  const filters = parts.filterView(page, tools, errors, (change) => ask(change));
  const patterns = parts.patternView(tools, errors, parts, (change) => {
    showTab('utterances');
    ask(change);
  });

  const address = (): void => page.history.replaceState(null, '', `#${links.write(state)}`);

  const showDetail = (): void => {
    const place = byId('detail');
    if (state.open === -1) place.replaceChildren(tools.make('p', { class: 'facts' }, 'No utterance is open.'));
    else place.replaceChildren(detail(state.open, state.query.settings));
    place.scrollTop = 0;
  };

  const open = (utterance: number, isAsked: boolean): void => {
    if (utterance === -1) return;
    state = { ...state, open: utterance };
    list.mark(utterance);
    showDetail();
    address();
    // Below the list on a narrow page: who asks for it wants to see it.
    if (isAsked && page.matchMedia('(max-width: 60rem)').matches) byId('detail').scrollIntoView({ block: 'start' });
  };

  const draw = (): void => {
    const found = parts.filterUtterances(errors, state.query, parts.agreementOf);
    shown = parts.orderUtterances(errors, state.query, found, parts.totalsOf) as Int32Array<ArrayBuffer>;
    if (state.open === -1 || !shown.includes(state.open)) state = { ...state, open: shown[0] ?? -1 };
    filters.show(state.query);
    list.show(shown, state.query.settings, state.open);
    byId('count').textContent =
      `${shown.length.toLocaleString('en-US')} of ${errors.utterances.toLocaleString('en-US')} utterances`;
    byId('accept-all').hidden = !state.query.agreeing || shown.length === 0;
    byId('accept-all').textContent = `Accept all ${shown.length.toLocaleString('en-US')} shown`;
    if (!byId('panel-patterns').hidden) byId('panel-patterns').replaceChildren(patterns(shown, state.query));
    showDetail();
  };

  const ask = (change: Partial<PageQuery>): void => {
    state = { ...state, query: { ...state.query, ...change } };
    draw();
    address();
  };

  const tabs = ['utterances', 'patterns'] as const;
  const showTab = (name: (typeof tabs)[number]): void => {
    for (const tab of tabs) {
      byId(`tab-${tab}`).setAttribute('aria-selected', String(tab === name));
      byId(`tab-${tab}`).tabIndex = tab === name ? 0 : -1;
      byId(`panel-${tab}`).hidden = tab !== name;
    }
    if (name === 'patterns') byId('panel-patterns').replaceChildren(patterns(shown, state.query));
  };
  for (const [index, tab] of tabs.entries()) {
    byId(`tab-${tab}`).addEventListener('click', () => showTab(tab));
    byId(`tab-${tab}`).addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const other = tabs[1 - index]!;
      showTab(other);
      byId(`tab-${other}`).focus();
    });
  }

  byId('accept-all').addEventListener('click', () => {
    for (const utterance of shown) accept(utterance);
    showAccepted();
    showDetail();
  });
  byId('reset').addEventListener('click', () => {
    state = { ...state, query: { ...links.read('').query, order: state.query.order } };
    draw();
    address();
  });
  byId('back').addEventListener('click', () => list.element.focus());

  page.addEventListener('hashchange', () => {
    state = links.read(page.location.hash);
    draw();
  });
  page.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName);
    if (key === '/' && !isTyping) {
      event.preventDefault();
      byId('search').focus();
      byId('search').select();
      return;
    }
    if (key === 'Escape' && target.id === 'search') list.element.focus();
    const steps: Readonly<Record<string, number>> = { j: 1, k: -1 };
    const listSteps: Readonly<Record<string, number>> = {
      ...{ ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -1e9, End: 1e9 },
    };
    const step = isTyping ? undefined : (steps[key] ?? (target.id === 'list' ? listSteps[key] : undefined));
    if (step === undefined) return;
    event.preventDefault();
    open(list.neighbor(step), false);
  });
  let width = page.innerWidth;
  page.addEventListener('resize', () => {
    // A phone's toolbar changes the height alone; the player would stop.
    if (page.innerWidth !== width) showDetail();
    width = page.innerWidth;
  });

  draw();
  showAccepted();
  byId('app').removeAttribute('aria-busy');
}
