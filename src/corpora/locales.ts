import { UserError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';

/** What a corpus calls a locale, by corpus; absent where it has none. */
export interface LocaleCodes {
  /** Folder of FLEURS. Where FLEURS has another variety of the language, that one. */
  readonly fleurs: string;
  readonly commonVoice: string | null;
  /** Folder of Multilingual LibriSpeech. */
  readonly mls: string | null;
  readonly voxpopuli: string | null;
}

const codes = (fleurs: string, commonVoice: string | null, mls: string | null, voxpopuli: string | null) => ({
  fleurs,
  commonVoice,
  mls,
  voxpopuli,
});

/**
 * The hosted endpoint's 40 locales in the terms of public corpora.
 *
 * Norwegian is written `nb` or `nn` here and never `no`, which YAML 1.1 reads as false.
 */
export const locales = {
  'en-US': codes('en_us', 'en', 'english', 'en'),
  'en-GB': codes('en_us', 'en', 'english', 'en'),
  'es-US': codes('es_419', 'es', 'spanish', 'es'),
  'es-ES': codes('es_419', 'es', 'spanish', 'es'),
  'de-DE': codes('de_de', 'de', 'german', 'de'),
  'fr-FR': codes('fr_fr', 'fr', 'french', 'fr'),
  'fr-CA': codes('fr_fr', 'fr', 'french', 'fr'),
  'it-IT': codes('it_it', 'it', 'italian', 'it'),
  'ar-AR': codes('ar_eg', 'ar', null, null),
  'ja-JP': codes('ja_jp', 'ja', null, null),
  'ko-KR': codes('ko_kr', 'ko', null, null),
  'pt-BR': codes('pt_br', 'pt', 'portuguese', null),
  'pt-PT': codes('pt_br', 'pt', 'portuguese', null),
  'ru-RU': codes('ru_ru', 'ru', null, null),
  'hi-IN': codes('hi_in', 'hi', null, null),
  'zh-CN': codes('cmn_hans_cn', 'zh-CN', null, null),
  'vi-VN': codes('vi_vn', 'vi', null, null),
  'he-IL': codes('he_il', 'he', null, null),
  'nl-NL': codes('nl_nl', 'nl', 'dutch', 'nl'),
  'cs-CZ': codes('cs_cz', 'cs', null, 'cs'),
  'da-DK': codes('da_dk', 'da', null, null),
  'pl-PL': codes('pl_pl', 'pl', 'polish', 'pl'),
  'nn-NO': codes('nb_no', 'nn-NO', null, null),
  'nb-NO': codes('nb_no', null, null, null),
  'sv-SE': codes('sv_se', 'sv-SE', null, null),
  'th-TH': codes('th_th', 'th', null, null),
  'tr-TR': codes('tr_tr', 'tr', null, null),
  'bg-BG': codes('bg_bg', 'bg', null, null),
  'el-GR': codes('el_gr', 'el', null, null),
  'et-EE': codes('et_ee', 'et', null, 'et'),
  'fi-FI': codes('fi_fi', 'fi', null, 'fi'),
  'hr-HR': codes('hr_hr', null, null, 'hr'),
  'hu-HU': codes('hu_hu', 'hu', null, 'hu'),
  'lt-LT': codes('lt_lt', 'lt', null, 'lt'),
  'lv-LV': codes('lv_lv', 'lv', null, null),
  'ro-RO': codes('ro_ro', 'ro', null, 'ro'),
  'sk-SK': codes('sk_sk', 'sk', null, 'sk'),
  'uk-UA': codes('uk_ua', 'uk', null, null),
  'mt-MT': codes('mt_mt', 'mt', null, null),
  'sl-SI': codes('sl_si', 'sl', null, 'sl'),
} as const satisfies Readonly<Record<string, LocaleCodes>>;

/** FLEURS's own tag of a folder, such as `es-419` of `es_419`; Mandarin's and Arabic's as the endpoint writes them. */
export function languageOfFleurs(folder: string): string {
  const [language = '', ...rest] = folder.split('_');
  if (language === 'cmn') return 'zh-CN';
  return [language, rest.at(-1)?.toUpperCase()].filter(Boolean).join('-');
}

/** The locale of a folder of Multilingual LibriSpeech; the first of several. */
export function languageOfMls(folder: string): string | null {
  const name = folder.replace(/^mls_/, '').replace(/_opus$/, '');
  return Object.entries(locales).find(([, { mls }]) => mls === name)?.[0] ?? null;
}

/**
 * A BCP 47 tag in its canonical form.
 * @param where it was found, for messages.
 * @throws UserError for what is no tag or names no language, with the nearest of the endpoint's locales.
 */
export function languageTag(tag: string, where: string | null = null): string {
  const canonical = canonicalTag(tag);
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  if (canonical !== null && names.of(canonical.split('-')[0]!) !== undefined) return canonical;
  const languages = [...new Set(Object.keys(locales).map((locale) => locale.split('-')[0]!))];
  // People write "english", too.
  const tags = new Map([...Object.keys(locales), ...languages].map((one) => [one, one]));
  for (const language of languages) tags.set(names.of(language) ?? language, language);
  const close = tags.get(nearest(tag, [...tags.keys()]) ?? '') ?? null;
  throw new UserError(
    `language ${tag}: ${canonical === null ? 'not a BCP 47 tag' : 'no known language'}; write it like en-US` +
      (close === null ? '' : ` (did you mean ${close}?)`),
    where,
  );
}

function canonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
