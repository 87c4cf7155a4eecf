/**
 * A table's entry for a word of any text. `table[word]` would also find what every object inherits, and "constructor" is
 * an English word.
 */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
