/** Languages of the multilingual Nemotron endpoint, by its own names; it refuses every other one. */
export const nemotronLocales = [
  ...['en-US', 'en-GB', 'es-US', 'es-ES', 'de-DE', 'fr-FR', 'fr-CA', 'it-IT', 'ar-AR', 'ja-JP', 'ko-KR', 'pt-BR'],
  ...['pt-PT', 'ru-RU', 'hi-IN', 'zh-CN', 'vi-VN', 'he-IL', 'nl-NL', 'cs-CZ', 'da-DK', 'pl-PL', 'nn-NO', 'nb-NO'],
  ...['sv-SE', 'th-TH', 'tr-TR', 'bg-BG', 'el-GR', 'et-EE', 'fi-FI', 'hr-HR', 'hu-HU', 'lt-LT', 'lv-LV', 'ro-RO'],
  ...['sk-SK', 'uk-UA', 'mt-MT', 'sl-SI'],
] as const;

/** Tags that corpora use and the endpoint lacks, with the locale that they are sent as. */
const standIns: Readonly<Record<string, string>> = {
  ...{
    ar: 'ar-AR',
    'ar-EG': 'ar-AR',
    'ar-SA': 'ar-AR',
    bg: 'bg-BG',
    cs: 'cs-CZ',
    da: 'da-DK',
    de: 'de-DE',
    'de-AT': 'de-DE',
  },
  ...{
    'de-CH': 'de-DE',
    el: 'el-GR',
    en: 'en-US',
    'en-AU': 'en-US',
    'en-CA': 'en-US',
    'en-IN': 'en-US',
    'en-NZ': 'en-US',
  },
  ...{
    es: 'es-ES',
    'es-419': 'es-US',
    'es-MX': 'es-US',
    et: 'et-EE',
    fi: 'fi-FI',
    fr: 'fr-FR',
    he: 'he-IL',
    hi: 'hi-IN',
  },
  ...{
    hr: 'hr-HR',
    hu: 'hu-HU',
    it: 'it-IT',
    ja: 'ja-JP',
    ko: 'ko-KR',
    lt: 'lt-LT',
    lv: 'lv-LV',
    mt: 'mt-MT',
    nb: 'nb-NO',
  },
  ...{
    nl: 'nl-NL',
    nn: 'nn-NO',
    no: 'nb-NO',
    pl: 'pl-PL',
    pt: 'pt-PT',
    ro: 'ro-RO',
    ru: 'ru-RU',
    sk: 'sk-SK',
    sl: 'sl-SI',
  },
  ...{ sv: 'sv-SE', th: 'th-TH', tr: 'tr-TR', uk: 'uk-UA', vi: 'vi-VN', zh: 'zh-CN', 'cmn-Hans-CN': 'zh-CN' },
};

/** Every tag that can be sent to the endpoint. */
export const nemotronTags: readonly string[] = [...nemotronLocales, ...Object.keys(standIns)];

/** The endpoint's name of a BCP 47 tag: itself, or the locale that stands for it; `null` where there is none. */
export function nemotronLocale(tag: string): string | null {
  return nemotronLocales.find((locale) => locale === tag) ?? standIns[tag] ?? null;
}

/** ISO 639-1 of a tag; Mandarin's own tag is written as Chinese. */
export function twoLetterCode(tag: string): string {
  const language = tag.split('-')[0]!.toLowerCase();
  return language === 'cmn' ? 'zh' : language;
}

const threeLetterCodes: Readonly<Record<string, string>> = {
  ...{ ar: 'ara', bg: 'bul', cs: 'ces', da: 'dan', de: 'deu', el: 'ell', en: 'eng', es: 'spa', et: 'est', fi: 'fin' },
  ...{ fr: 'fra', he: 'heb', hi: 'hin', hr: 'hrv', hu: 'hun', it: 'ita', ja: 'jpn', ko: 'kor', lt: 'lit', lv: 'lav' },
  ...{ mt: 'mlt', nb: 'nor', nl: 'nld', nn: 'nor', no: 'nor', pl: 'pol', pt: 'por', ro: 'ron', ru: 'rus', sk: 'slk' },
  ...{ sl: 'slv', sv: 'swe', th: 'tha', tr: 'tur', uk: 'ukr', vi: 'vie', zh: 'zho' },
};

/** ISO 639-3 of a tag, `null` where it is not known here. */
export function threeLetterCode(tag: string): string | null {
  return threeLetterCodes[twoLetterCode(tag)] ?? null;
}
