import { LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { describeIssue, flattenUnion, offsetOf, type Issue } from './config-issues.ts';
import { UserError } from './errors.ts';

/** A validated document, with a way to say where something in it stands. */
export interface ParsedYaml<Data> {
  readonly data: Data;
  /** `file:line:column` of the node at a path of keys and indices. */
  readonly at: (...path: (string | number)[]) => string;
}

/**
 * Parses YAML (JSON is a part of it) and validates it.
 * @param file name for messages.
 * @throws UserError with `file:line:column`, the bad value and what is allowed.
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): ParsedYaml<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const atOffset = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const syntaxError = document.errors[0];
  if (syntaxError) {
    throw new UserError(`not valid YAML: ${syntaxError.message}`, atOffset(syntaxError.pos[0]));
  }
  const result = schema.safeParse(toPlain(document, atOffset(0)), { reportInput: true });
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => flattenUnion(issue as Issue));
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    throw new UserError(describeIssue(first!) + more, atOffset(offsetOf(document, first!)));
  }
  return { data: result.data, at: (...path) => atOffset(offsetOf(document, { path, code: 'custom' })) };
}

function toPlain(document: Document.Parsed, start: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new UserError(`not valid YAML: ${(error as Error).message}`, start);
  }
}
