import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';

/** The pieces that a model writes text with. */
export interface Vocabulary {
  /** By id; a piece keeps its `▁`, which stands for a space. */
  readonly pieces: readonly string[];
  /** The last id; it emits nothing. */
  readonly blank: number;
  /** Ids of `<xx-XX>` pieces with the language they name. They steer the decoder but are no text. */
  readonly tags: ReadonlyMap<number, string>;
}

const TAG = /^<([a-z]{2}|[a-z]{2,3}-[A-Z]{2})>$/;
const BYTE = /^<0x([0-9A-F]{2})>$/;
const SPACE = '▁';

/**
 * Reads `tokens.txt`: one `piece id` per line with the blank, `<blk>`, last. A line that holds only an id stands for the
 * piece " ".
 *
 * @throws UserError for a missing file, a malformed line, a gap in the ids, or a last piece that is not `<blk>`.
 */
export async function readVocabulary(path: string): Promise<Vocabulary> {
  const content = await readFile(path, 'utf8').catch(() => {
    throw new UserError(`cannot read ${path}; a model folder needs its tokens.txt`);
  });
  return parseVocabulary(content, path);
}

/** As {@link readVocabulary}, from the file's content; `path` only serves messages. */
export function parseVocabulary(content: string, path: string): Vocabulary {
  const pieces: string[] = [];
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (line === '') continue;
    const separator = line.lastIndexOf(' ');
    const id = Number(line.slice(separator + 1));
    if (id !== pieces.length) {
      throw new UserError(`${path} has no \`piece ${pieces.length}\` on line ${index + 1} but ${JSON.stringify(line)}`);
    }
    pieces.push(separator <= 0 ? ' ' : line.slice(0, separator));
  }
  const blank = pieces.length - 1;
  if (pieces[blank] !== '<blk>') {
    throw new UserError(`${path} ends with ${JSON.stringify(pieces[blank] ?? '')}; the last piece has to be <blk>`);
  }
  return vocabularyOf(pieces);
}

/**
 * Reads `vocab.txt`: one piece per line, the blank, `<blank>` or `<blk>`, last.
 *
 * @throws UserError for a missing file and for another last piece.
 */
export async function readVocabularyLines(path: string): Promise<Vocabulary> {
  const content = await readFile(path, 'utf8').catch(() => {
    throw new UserError(`cannot read ${path}, the model's vocabulary`);
  });
  const pieces = content.replace(/\r?\n$/, '').split(/\r?\n/);
  const last = pieces.at(-1)!;
  if (last !== '<blank>' && last !== '<blk>') {
    throw new UserError(`${path} ends with ${JSON.stringify(last)}; the last piece has to be <blank>`);
  }
  return vocabularyOf(pieces);
}

/** @param pieces by id, the blank last. */
export function vocabularyOf(pieces: readonly string[]): Vocabulary {
  const tags = new Map<number, string>();
  for (const [id, piece] of pieces.entries()) {
    const language = TAG.exec(piece)?.[1];
    if (language !== undefined) tags.set(id, language);
  }
  return { pieces, blank: pieces.length - 1, tags };
}

/**
 * The text that `ids` spell: language tags, blank and `<unk>` left out, `▁` as a space, `<0xNN>` pieces as bytes of
 * UTF-8 (an unfinished character at the end is held back), no space between Han or Kana, none at either end.
 */
export function detokenize(vocabulary: Vocabulary, ids: Iterable<number>): string {
  let text = '';
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) text += new TextDecoder().decode(Uint8Array.from(bytes), { stream: true });
    bytes = [];
  };
  for (const id of ids) {
    if (!isText(vocabulary, id)) continue;
    const piece = vocabulary.pieces[id]!;
    const byte = BYTE.exec(piece)?.[1];
    if (byte !== undefined) {
      bytes.push(Number.parseInt(byte, 16));
      continue;
    }
    flush();
    text += piece.replaceAll(SPACE, ' ');
  }
  flush();
  return text.replace(/ +/g, ' ').replace(SPACE_IN_CJK, '').trim();
}

const CJK = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uff65]';
const SPACE_IN_CJK = new RegExp(`(?<=${CJK}) (?=${CJK})`, 'gu');
const BORDERS_ON_CJK = new RegExp(`^${SPACE}?${CJK}`, 'u');

/** Whether the id adds to the text. */
export function isText(vocabulary: Vocabulary, id: number): boolean {
  return id !== vocabulary.blank && !vocabulary.tags.has(id) && vocabulary.pieces[id] !== '<unk>';
}

/** Whether a word begins with this piece: after a space, and anew with each piece of Han or Kana. */
export function beginsWord(piece: string): boolean {
  return piece.startsWith(SPACE) || piece.startsWith(' ') || BORDERS_ON_CJK.test(piece);
}
