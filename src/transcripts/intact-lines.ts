import { NOT_UTF8, readLines } from '../corpora/text-lines.ts';
import { UserError } from '../errors.ts';

/** A line that says something. */
export interface IntactLine {
  readonly where: string;
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a text file that are not blank.
 * @throws UserError naming the line that is no UTF-8.
 */
export async function* intactLines(path: string): AsyncGenerator<IntactLine> {
  for await (const lines of readLines(path)) {
    for (const { number, text, isIntact } of lines) {
      const where = `${path}:${number}`;
      if (!isIntact) throw new UserError(`the line ${NOT_UTF8}`, where);
      if (text.trim() !== '') yield { where, number, text };
    }
  }
}
