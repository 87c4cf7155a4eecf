import type { Normalizer, Rule } from './normalizer.ts';

/** What one rule made of a text. */
export interface TraceStep {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

const rulesByLocale = new WeakMap<Normalizer, Map<string, readonly Rule[]>>();

function rulesFor(normalizer: Normalizer, locale: string): readonly Rule[] {
  const byLocale = rulesByLocale.get(normalizer) ?? new Map<string, readonly Rule[]>();
  rulesByLocale.set(normalizer, byLocale);
  const rules = byLocale.get(locale) ?? normalizer.rules(locale);
  byLocale.set(locale, rules);
  return rules;
}

/** Applies all rules for a BCP 47 tag. The same text and locale always give the same result. */
export function normalize(normalizer: Normalizer, text: string, locale: string): string {
  let result = text;
  for (const rule of rulesFor(normalizer, locale)) result = rule.apply(result);
  return result;
}

/** Applies all rules and tells what each that changed the text made of it, so that a user sees why two texts match. */
export function trace(normalizer: Normalizer, text: string, locale: string): TraceStep[] {
  const steps: TraceStep[] = [];
  let before = text;
  for (const rule of rulesFor(normalizer, locale)) {
    const after = rule.apply(before);
    if (after !== before) steps.push({ rule: rule.name, before, after });
    before = after;
  }
  return steps;
}

/**
 * `name@version#hash`: the stamp of every score. The hash covers names and data of the rules of every language, so
 * that a changed table shows even where somebody forgot to raise the version.
 */
export function normalizerId(normalizer: Normalizer): string {
  const content = ['und', ...normalizer.languages].map((language) =>
    [language, ...rulesFor(normalizer, language).map((rule) => `${rule.name}\u0000${rule.data}`)].join('\u0001'),
  );
  return `${normalizer.name}@${normalizer.version}#${fnv1a64(content.join('\u0002'))}`;
}

/** FNV-1a over UTF-16 units (low byte, high byte), 64 bits as 16 hex digits. Tells versions apart; proves nothing. */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  const mix = (byte: number): void => {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    mix(unit & 0xff);
    mix(unit >> 8);
  }
  return hash.toString(16).padStart(16, '0');
}
