/** A table whose first column is text and whose other columns are figures. Fields are escaped already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (fields: readonly string[]): string => `| ${fields.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? ':--' : '--:'))), ...rows.map(line)].join('\n');
}

/** Text on one line in which nothing is markup, a mention or a table's border. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\\`*_{}[\]()<>#|!~$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[@&](?!#\d+;)/g, (character) => (character === '&' ? '&amp;' : '&#64;'));
}
