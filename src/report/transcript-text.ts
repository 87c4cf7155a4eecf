import { type Markup, html } from './markup.ts';

/** Long enough for a minute of fast speech; what is longer is cut where a person looks at it. */
const shownCharacters = 2000;

// Characters that change the direction or joining of what follows, or that nobody sees.
const invisible = /([\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad])/;

const rightToLeftScripts: ReadonlySet<string> = new Set([
  'Arab',
  'Hebr',
  'Syrc',
  'Thaa',
  'Nkoo',
  'Adlm',
  'Rohg',
  'Mand',
  'Samr',
]);

/** The attributes that make a browser set and speak a transcript in its language. */
export function languageAttributes(language: string): Markup {
  const locale = localeOf(language);
  const direction = directionOf(language);
  return locale === null ? html`dir="${direction}"` : html`lang="${locale.baseName}" dir="${direction}"`;
}

/** The direction in which a language is written; `auto` for tags that are none. */
export function directionOf(language: string): 'ltr' | 'rtl' | 'auto' {
  const locale = localeOf(language);
  if (locale === null) return 'auto';
  return rightToLeftScripts.has(locale.maximize().script ?? '') ? 'rtl' : 'ltr';
}

/** Such as `German (Germany)`; `null` for tags that are none. */
export function languageName(language: string): string | null {
  const locale = localeOf(language);
  if (locale === null) return null;
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(locale.baseName);
  return name === undefined || name === language ? null : name;
}

/** A language tag taken apart; `null` for tags that are none. */
export function localeOf(language: string): Intl.Locale | null {
  try {
    return new Intl.Locale(language);
  } catch {
    return null;
  }
}

/** A transcript as it is, cut to a readable length, with invisible controls made visible and inert. */
export function transcript(text: string): Markup {
  const { shown, hidden } = cut(text);
  return html`${visibleText(shown)}${hidden > 0 && html`<span class="cut"> … ${hidden} more characters</span>`}`;
}

/** Text with its direction controls and other invisible characters replaced by their code points. */
export function visibleText(text: string): readonly Markup[] {
  return text.split(invisible).map((part, index) => {
    if (index % 2 === 0) return html`${part}`;
    const codePoint = part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return html`<span class="control" title="invisible character">U+${codePoint}</span>`;
  });
}

function cut(text: string): { readonly shown: string; readonly hidden: number } {
  if (text.length <= shownCharacters) return { shown: text, hidden: 0 };
  // Not between the halves of a surrogate pair.
  const end = /[\ud800-\udbff]$/.test(text.slice(0, shownCharacters)) ? shownCharacters - 1 : shownCharacters;
  return { shown: text.slice(0, end), hidden: text.length - end };
}
