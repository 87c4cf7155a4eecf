import type { PageErrors, PageQuery } from './errors.ts';

/** What an address says: a query, and the utterance that is open. */
export interface PageState {
  readonly query: PageQuery;
  /** −1: none. */
  readonly open: number;
}

/** Names instead of numbers, so that an address still means the same in a page made anew. */
export interface Permalinks {
  read(address: string): PageState;
  write(state: PageState): string;
}

/** Makes addresses of states and states of addresses. Runs in the page: it may use nothing but its parameter. */
export function permalinks({ packed, utterances }: PageErrors): Permalinks {
  const settingNames = packed.settings.map(({ name }) => name);
  const languageTags = packed.languages.map(({ tag }) => tag);
  const openName = (utterance: number): string =>
    [
      packed.corpora[packed.utterances.corpus[utterance]!],
      languageTags[packed.utterances.language[utterance]!],
      packed.utterances.id[utterance],
    ].join('/');
  const orders: readonly PageQuery['order'][] = ['rate', 'errors', 'duration', 'latency', 'id'];

  return {
    read(address) {
      const fields = new Map(
        address
          .replace(/^#/, '')
          .split('&')
          .map((field): [string, string] => {
            const [name = '', value = ''] = field.split('=');
            try {
              return [name, decodeURIComponent(value)];
            } catch {
              return [name, ''];
            }
          }),
      );
      const number = (name: string): number | null => {
        const text = fields.get(name) ?? '';
        return text === '' || !Number.isFinite(Number(text)) ? null : Number(text);
      };
      const index = (name: string, list: readonly string[]): number => list.indexOf(fields.get(name) ?? '');
      const list = (name: string): readonly (string | null)[] | null => {
        try {
          const value: unknown = JSON.parse(fields.get(name) ?? '');
          return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : null)) : null;
        } catch {
          return null;
        }
      };
      const edit = list('edit');
      const lost = list('lost');
      const lostSettings = lost?.slice(1).map((name) => settingNames.indexOf(name ?? '')) ?? [];
      const isLost = lost !== null && lost[0] != null && lostSettings.length === 2 && !lostSettings.includes(-1);
      const open = fields.get('open');
      let opened = -1;
      for (let utterance = 0; open !== undefined && opened === -1 && utterance < utterances; utterance++) {
        if (openName(utterance) === open) opened = utterance;
      }
      return {
        open: opened,
        query: {
          text: fields.get('text') ?? '',
          settings: (list('settings') ?? []).map((name) => settingNames.indexOf(name ?? '')).filter((at) => at !== -1),
          language: index('language', languageTags),
          speaker: index('speaker', packed.speakers),
          errorClass: index('class', packed.errorClasses),
          flag: index('flag', packed.hallucinations),
          outcome: fields.get('outcome') ?? '',
          minSeconds: number('minSeconds'),
          maxSeconds: number('maxSeconds'),
          minSnrDb: number('minSnr'),
          maxSnrDb: number('maxSnr'),
          edit: edit === null ? null : { reference: edit[0] ?? null, hypothesis: edit[1] ?? null },
          lost: isLost ? { word: lost[0]!, heardBy: lostSettings[0]!, lostBy: lostSettings[1]! } : null,
          agreeing: fields.get('agreeing') === '1',
          order: orders.find((order) => order === fields.get('order')) ?? 'rate',
        },
      };
    },

    write({ query, open }) {
      const named = (list: readonly string[], at: number): string | null => (at === -1 ? null : list[at]!);
      const fields: Readonly<Record<string, string | number | null>> = {
        text: query.text === '' ? null : query.text,
        settings: query.settings.length === 0 ? null : JSON.stringify(query.settings.map((at) => settingNames[at])),
        language: named(languageTags, query.language),
        speaker: named(packed.speakers, query.speaker),
        class: named(packed.errorClasses, query.errorClass),
        flag: named(packed.hallucinations, query.flag),
        outcome: query.outcome === '' ? null : query.outcome,
        minSeconds: query.minSeconds,
        maxSeconds: query.maxSeconds,
        minSnr: query.minSnrDb,
        maxSnr: query.maxSnrDb,
        edit: query.edit === null ? null : JSON.stringify([query.edit.reference, query.edit.hypothesis]),
        lost:
          query.lost === null
            ? null
            : JSON.stringify([query.lost.word, settingNames[query.lost.heardBy], settingNames[query.lost.lostBy]]),
        agreeing: query.agreeing ? '1' : null,
        order: query.order === 'rate' ? null : query.order,
        open: open === -1 ? null : openName(open),
      };
      return Object.entries(fields)
        .flatMap(([name, value]) =>
          value === null ? [] : `${name}=${encodeURIComponent(String(value).replace(/\p{Surrogate}/gu, '\ufffd'))}`,
        )
        .join('&');
    },
  };
}
