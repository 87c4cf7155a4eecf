/** Primary subtags that name the same written language as another one. */
const SYNONYMS: Readonly<Record<string, string>> = { cmn: 'zh', nb: 'no', nn: 'no', iw: 'he', fil: 'tl' };

/**
 * The primary language subtag of a BCP 47 tag, lower-cased: `pt-BR` → `pt`, `cmn-Hans-CN` → `zh`.
 *
 * Underscores are taken for hyphens (`pt_br`). Mandarin's own tag becomes `zh`; Cantonese stays `yue`, because its
 * spelling and vocabulary differ. An empty tag gives `und`.
 */
export function primaryLanguage(tag: string): string {
  const subtag = tag.toLowerCase().split(/[-_]/u)[0] ?? '';
  return SYNONYMS[subtag] ?? (subtag === '' ? 'und' : subtag);
}
