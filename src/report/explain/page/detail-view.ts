import type { Browser, Element } from './browser.ts';
import type { alignColumns, differenceView } from './difference-view.ts';
import type { Elements } from './elements.ts';
import type { PageErrors } from './errors.ts';
import type { playerView, timedWords } from './player-view.ts';
import type { spectrogram } from './spectrogram.ts';

/** Functions that the view is made of. */
export interface DetailParts {
  readonly alignColumns: typeof alignColumns;
  readonly differenceView: typeof differenceView;
  readonly playerView: typeof playerView;
  readonly timedWords: typeof timedWords;
  readonly spectrogram: typeof spectrogram;
}

/** Marks wordings that were heard as right. */
export interface Acceptance {
  has(utterance: number): boolean;
  toggle(utterance: number): void;
  /** What every setting heard against the reference; `null` where they do not agree. */
  agreedText(utterance: number): string | null;
}

/** Makes the view of one utterance. Runs in the page: it may use nothing but its parameters. */
export function detailView(
  page: Browser,
  elements: Elements,
  errors: PageErrors,
  parts: DetailParts,
  acceptance: Acceptance,
): (utterance: number, chosen: readonly number[]) => Element {
  const { make, outside, button, byId, bytes } = elements;
  const { packed, settings } = errors;
  const { utterances, results } = packed;
  let address = '';

  const startsOf = (counts: readonly number[]): Int32Array => {
    const starts = new Int32Array(counts.length + 1);
    for (let index = 0; index < counts.length; index++) starts[index + 1] = starts[index]! + counts[index]!;
    return starts;
  };
  const referenceStarts = startsOf(utterances.timing.words);
  const resultStarts = startsOf(results.timing.words);

  const clipOf = (utterance: number): { readonly source: string; readonly bytes: Uint8Array | null } | null => {
    page.URL.revokeObjectURL(address);
    const clip = utterances.clip[utterance]!;
    if (clip === -1)
      return utterances.link[utterance] === '' ? null : { source: utterances.link[utterance]!, bytes: null };
    const stored = byId(`clip-${clip}`);
    const content = bytes(stored.textContent ?? '');
    address = page.URL.createObjectURL(new page.Blob([content], { type: stored.dataset['media'] ?? '' }));
    return { source: address, bytes: content };
  };

  const factsOf = (utterance: number): readonly (Element | string)[] => {
    const speaker = utterances.speaker[utterance]!;
    const language = packed.languages[utterances.language[utterance]!]!;
    const attributes = packed.attributeSets[utterances.attributes[utterance]!]!;
    const facts: (Element | string)[] = [
      outside(language.name, 80),
      outside(packed.corpora[utterances.corpus[utterance]!]!, 80),
      `${utterances.seconds[utterance]!.toFixed(1)} s`,
    ];
    if (speaker !== -1) facts.push(outside(`speaker ${packed.speakers[speaker]}`, 80));
    for (const attribute of attributes) facts.push(outside(attribute, 80));
    return facts.flatMap((fact, index) => (index === 0 ? [fact] : [' · ', fact]));
  };

  const flagNames = (place: number): readonly string[] =>
    packed.hallucinations.filter((_, bit) => (results.flags[place]! & (1 << bit)) !== 0);

  const resultRow = (place: number): Element => {
    const status = results.status[place]!;
    const count = [0, 0, 0];
    for (let at = errors.editStart[place]!; at < errors.editStart[place + 1]!; at++)
      count[results.edit[4 * at + 1]!]!++;
    const language = packed.languages[utterances.language[Math.floor(place / settings)]!]!;
    const latency = results.latencyMs[place] ?? null;
    const isAnswer = status === 'o' || status === 'e';
    const length = errors.length[place]!;
    const text = packed.texts[results.text[place]!]!;
    return make(
      'tr',
      {},
      make('th', { scope: 'row' }, outside(packed.settings[place % settings]!.name, 120)),
      make('td', {}, isAnswer && length > 0 ? `${((100 * errors.errors[place]!) / length).toFixed(1)}%` : '–'),
      make('td', {}, isAnswer ? count.join(' / ') : '–'),
      make('td', {}, latency === null ? '–' : `${latency.toLocaleString('en-US')} ms`),
      make(
        'td',
        { class: 'text' },
        ...(status === '-'
          ? ['no result']
          : status === 'f'
            ? [make('b', { class: 'bad' }, 'failed'), ' ']
            : status === 'e'
              ? [make('b', {}, 'empty answer')]
              : []),
        ...(status === 'o' || status === 'f'
          ? [
              make(
                'span',
                status === 'o' ? { lang: language.lang === '' ? null : language.lang, dir: language.direction } : {},
                outside(text),
              ),
            ]
          : []),
        ...flagNames(place).map((name) => make('small', { class: 'flag' }, `⚑ ${name}`)),
      ),
    );
  };

  return (utterance, chosen) => {
    const language = packed.languages[utterances.language[utterance]!]!;
    const reference = packed.texts[utterances.reference[utterance]!]!;
    const shown = (chosen.length > 0 ? chosen : packed.settings.map((_, setting) => setting)).map(
      (setting) => utterance * settings + setting,
    );
    const clip = clipOf(utterance);
    const texts = [
      { name: 'reference', words: parts.timedWords(reference, utterances.timing, referenceStarts, utterance) },
      ...shown.map((place) => ({
        name: packed.settings[place % settings]!.name,
        words: parts.timedWords(packed.texts[results.text[place]!]!, results.timing, resultStarts, place),
      })),
    ].filter(({ words }) => words.length > 0);
    // Settings may have been scored against different readings of a reference with alternatives.
    const answered = shown.filter((place) => results.reading[place] !== -1);
    const readings = [...new Set(answered.map((place) => results.reading[place]!))];
    const width = Math.max(240, byId('detail').clientWidth - 34);
    const differences = readings.map((reading) => {
      const places = answered.filter((place) => results.reading[place] === reading);
      const names = places.map((place) => packed.settings[place % settings]!.name);
      return parts.differenceView(elements, parts.alignColumns(errors, places), names, language, width);
    });
    const agreed = acceptance.agreedText(utterance);
    const accept = button('', () => {
      acceptance.toggle(utterance);
      label();
    });
    const label = (): void => {
      accept.textContent = acceptance.has(utterance)
        ? '✓ Accepted as an alternative; take back'
        : 'Accept what they heard';
      accept.setAttribute('aria-pressed', String(acceptance.has(utterance)));
    };
    label();
    return make(
      'article',
      {},
      make(
        'h2',
        { id: 'detail-title', lang: language.lang === '' ? null : language.lang, dir: language.direction },
        outside(reference),
      ),
      make('p', { class: 'facts' }, outside(utterances.id[utterance]!, 200), ' · ', ...factsOf(utterance)),
      ...(agreed === null
        ? []
        : [
            make(
              'div',
              { class: 'audit' },
              make(
                'p',
                {},
                make('strong', {}, 'All settings agree against the reference.'),
                ' Listen: the reference may be wrong, or they all mishear alike.',
              ),
              accept,
            ),
          ]),
      clip === null
        ? make('p', { class: 'facts' }, 'No audio could be read when this page was made.')
        : parts.playerView(
            page,
            elements,
            { ...clip, label: `Audio of ${utterances.id[utterance]!.slice(0, 80)}` },
            texts.slice(0, 3),
            language,
            parts.spectrogram,
          ),
      make('h3', {}, 'Differences'),
      ...(differences.length > 0 ? differences : [make('p', {}, 'No setting answered.')]),
      make('h3', {}, 'As written'),
      make(
        'div',
        { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Results as written' },
        make(
          'table',
          {},
          make(
            'thead',
            {},
            make(
              'tr',
              {},
              ...['Setting', language.unit === 'word' ? 'WER' : 'CER', 'S / D / I', 'Latency', 'Transcript'].map(
                (title, index) => make('th', { scope: 'col', class: index === 4 ? 'text' : null }, title),
              ),
            ),
          ),
          make('tbody', {}, ...shown.map(resultRow)),
        ),
      ),
    );
  };
}
