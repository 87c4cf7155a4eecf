import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';

/** `corpus.json` in a corpus's folder: what a person must know of it. */
const cardSchema = z.object({
  description: z.string(),
  license: z.string(),
  synthetic: z.boolean(),
  language: z.string().optional(),
});

/** What is known of a corpus without a card. */
const noCard = { description: '', license: 'not stated', synthetic: false };

/**
 * Reads the card of a corpus.
 * @throws UserError when there is one that is not valid.
 */
export async function readCard(folder: string): Promise<z.output<typeof cardSchema>> {
  const path = join(folder, 'corpus.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return noCard;
  try {
    return cardSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(
      'corpus card is not valid; give description, license (strings) and synthetic (true or false)',
      path,
    );
  }
}
