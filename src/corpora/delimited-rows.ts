import { parse } from 'csv-parse/sync';
import { NOT_UTF8, readLines, type TextLine } from './text-lines.ts';

/** A row of a delimited file: its fields by column, or why it has none. */
export type DelimitedRow =
  | { readonly where: string; readonly fields: Readonly<Record<string, string>> }
  | { readonly where: string; readonly problem: string };

interface DelimitedShape {
  readonly delimiter: ',' | '\t' | '|' | ';';
  /** `null`: the file's first line names them. */
  readonly columns: readonly string[] | null;
  /** False where a quote is a character like any other, as in Common Voice and FLEURS. */
  readonly quoted: boolean;
}

/**
 * Streams a delimited file line by line, so that one bad row costs one row. A quoted field may go on over several
 * lines; a quote that is never closed spoils its own line alone.
 */
export async function* readDelimited(path: string, shape: DelimitedShape): AsyncGenerator<readonly DelimitedRow[]> {
  let columns = shape.columns;
  let queue: readonly TextLine[] = [];
  const take = (isEnd: boolean): readonly DelimitedRow[] => {
    const rows: DelimitedRow[] = [];
    let at = 0;
    while (at < queue.length) {
      const count = linesOfRow(queue, at, columns?.length ?? null, shape, isEnd);
      if (count === 0) break;
      const { number, text, isIntact } = joined(queue.slice(at, at + count));
      at += count;
      const where = `${path}:${number}`;
      if (text.trim() === '') continue;
      if (!isIntact) rows.push({ where, problem: `row ${NOT_UTF8}` });
      else if (columns === null) columns = (splitFields(text, shape) ?? []).map((name) => name.trim());
      else rows.push(toFields(where, text, columns, shape));
    }
    queue = queue.slice(at);
    return rows;
  };
  for await (const lines of readLines(path)) {
    queue = queue.length === 0 ? lines : [...queue, ...lines];
    yield take(false);
  }
  yield take(true);
}

const LONGEST_QUOTED_LINES = 50;

/** How many lines make the next row; 0 when that cannot be told before more lines are there. */
function linesOfRow(
  lines: readonly TextLine[],
  start: number,
  columns: number | null,
  shape: DelimitedShape,
  isEnd: boolean,
): number {
  if (!shape.quoted) return 1;
  let quotes = 0;
  for (let count = 1; count <= LONGEST_QUOTED_LINES; count++) {
    const line = lines[start + count - 1];
    if (line === undefined) return isEnd ? 1 : 0;
    quotes += line.text.split('"').length - 1;
    if (quotes % 2 === 1) continue;
    if (count === 1) return 1;
    // The next quote may close this one or belong to another row; only the first gives the row its columns.
    const fields = splitFields(joined(lines.slice(start, start + count)).text, shape);
    return columns === null || fields?.length === columns ? count : 1;
  }
  return 1;
}

function joined(lines: readonly TextLine[]): TextLine {
  if (lines.length === 1) return lines[0]!;
  return {
    number: lines[0]!.number,
    text: lines.map(({ text }) => text).join('\n'),
    isIntact: lines.every(({ isIntact }) => isIntact),
  };
}

function toFields(where: string, text: string, columns: readonly string[], shape: DelimitedShape): DelimitedRow {
  const values = splitFields(text, shape);
  if (values === null) return { where, problem: 'a quote is opened and never closed; close it or double it' };
  if (values.length === 1 && columns.length > 1) {
    return { where, problem: `1 of ${columns.length} columns; complete the row or remove it` };
  }
  return { where, fields: Object.fromEntries(columns.map((name, index) => [name, values[index] ?? ''])) };
}

/** `null` when a quote is not closed. */
function splitFields(text: string, { delimiter, quoted }: DelimitedShape): readonly string[] | null {
  // Without quotes to heed, splitting is all that a parser would do.
  if (!quoted || !text.includes('"')) return text.split(delimiter);
  try {
    return parse(text, { delimiter, relax_quotes: true, relax_column_count: true })[0] ?? null;
  } catch {
    return null;
  }
}
