/**
 * Words by value from a table with one value a line, "2 dwa dwie dwóch", or with semicolons for line ends.
 */
export function valuesOf(table: string): Record<string, number> {
  return Object.fromEntries(
    table
      .split(/[\n;]/u)
      .map((line) => line.trim().split(/\s+/u))
      .flatMap(([value, ...words]) => words.map((word) => [word, Number(value)] as const)),
  );
}

/** The same from a table of stems, each with every ending; a hyphen is the empty ending. */
export function inflected(stems: string, endings: string): Record<string, number> {
  const list = endings.split(' ').map((ending) => (ending === '-' ? '' : ending));
  return Object.fromEntries(
    Object.entries(valuesOf(stems)).flatMap(([stem, value]) => list.map((ending) => [stem + ending, value] as const)),
  );
}

/** Forms by the form to write, from "euro: eura eurem; dolar: dolara dolarów". */
export function formsOf(table: string): Record<string, string> {
  return Object.fromEntries(
    table
      .split(/[\n;]/u)
      .map((line) => line.split(':').map((part) => part.trim()))
      .filter(([to]) => to !== '')
      .flatMap(([to = '', forms = '']) => forms.split(/\s+/u).map((form) => [form, to] as const)),
  );
}

/** Months from "stycznia styczeń, lutego luty, …", the first form as dates have it. */
export function monthsOf(list: string): readonly (readonly string[])[] {
  return list.split(',').map((forms) => forms.trim().split(/\s+/u));
}
