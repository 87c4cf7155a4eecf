import { fingerprint } from '../text/fingerprint.ts';
import type { Normalizer, Rule } from './normalizer.ts';

/** What one rule made of a text. */
export interface TraceStep {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

const rulesByLocale = new WeakMap<Normalizer, Map<string, readonly Rule[]>>();

/** The rules of a normalizer for a BCP 47 tag, in order; made once. */
export function rulesFor(normalizer: Normalizer, locale: string): readonly Rule[] {
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
  return `${normalizer.name}@${normalizer.version}#${fingerprint(content.join('\u0002'))}`;
}
