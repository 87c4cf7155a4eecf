import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from './errors.ts';
import { parseYaml } from './parse-yaml.ts';
import { parseNotation } from './text/alternations.ts';
import type { Overlay } from './types.ts';

const text = z.union([z.string(), z.number().transform(String)]);

const overlaySchema = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/, 'letters, digits, dot, dash and underscore'),
  version: text,
  entries: z.array(
    z.strictObject({
      utterance: text,
      corpus: z.string().optional(),
      replaces: z.string().optional(),
      reference: z.string(),
      by: z.string().optional(),
      at: z.string().optional(),
      why: z.string().optional(),
    }),
  ),
});

/** @throws UserError when the file cannot be read or is no overlay, with its position. */
export async function readOverlay(path: string): Promise<Overlay> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `cannot read ${path} (${(error as NodeJS.ErrnoException).code ?? String(error)}); give an overlay's YAML or JSON file`,
    );
  });
  return parseOverlay(content, path);
}

/**
 * Parses the text of an overlay file; see {@link Overlay} for its form.
 * @param file name for messages.
 * @throws UserError with `file:line:column`.
 */
export function parseOverlay(content: string, file: string): Overlay {
  const { data, at } = parseYaml(content, file, overlaySchema);
  const seen = new Set<string>();
  for (const [index, { utterance, corpus, reference }] of data.entries.entries()) {
    const key = JSON.stringify([corpus, utterance]);
    if (seen.has(key)) {
      throw new UserError(
        `entries.${index}: utterance ${utterance} has an entry already; merge the two`,
        at('entries', index),
      );
    }
    seen.add(key);
    try {
      parseNotation(reference);
    } catch (error) {
      throw new UserError(`entries.${index}.reference: ${(error as Error).message}`, at('entries', index, 'reference'));
    }
  }
  return data;
}
