const brand = Symbol('markup');

/** Text that is safe to stand in an HTML document. Only {@link html} and {@link trusted} make it. */
export interface Markup {
  readonly [brand]: true;
  toString(): string;
}

type Insertable = Markup | string | number | null | undefined | false | readonly Insertable[];

/**
 * A tagged template that escapes whatever is put into it, unless it is markup itself. Lists are joined; `null`,
 * `undefined` and `false` vanish. Attributes must be quoted in the template.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Insertable[]): Markup {
  return trusted(strings.reduce((text, part, index) => text + insert(values[index - 1]) + part));
}

/** Lets text pass unescaped: for text that this program wrote, never for text from outside. */
export function trusted(text: string): Markup {
  return { [brand]: true, toString: () => text };
}

/** A script or style element. Its text is not escaped, as browsers take it literally, and a hash admits exactly it. */
export function rawElement(tag: 'script' | 'style', text: string): Markup {
  return trusted(`<${tag}>${text}</${tag}>`);
}

/** A value as data for the page's script, in which no `<` can end the element. */
export function jsonElement(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return trusted(`<script type="application/json" id="${id}">${json}</script>`);
}

function insert(value: Insertable): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.map(insert).join('');
  return value.toString();
}

// `Array.isArray` does not narrow readonly lists.
function isList(value: Insertable): value is readonly Insertable[] {
  return Array.isArray(value);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Markup characters become references. Characters that a document may not hold become the replacement character,
 * and line breaks stay as they are.
 */
function escapeText(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '\ufffd')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character]!);
}
