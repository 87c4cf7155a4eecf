import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../errors.ts';

/** A line of a text file, without its end. */
export interface TextLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** False when bytes of it are no UTF-8. */
  readonly isIntact: boolean;
}

/** What to tell the owner of a line that is not intact. */
export const NOT_UTF8 =
  'has bytes that are not UTF-8 (Latin-1?); save the file as UTF-8, such as by iconv -f LATIN1 -t UTF-8';

/** No line of a manifest is this long; a file without line ends would otherwise be read into memory whole. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * Streams the lines of a text file in batches: UTF-8, or UTF-16 where a byte order mark says so, gzipped or not.
 * A UTF-8 byte order mark is dropped.
 *
 * @throws UserError when the file cannot be read or is no text.
 */
export async function* readLines(path: string): AsyncGenerator<readonly TextLine[]> {
  const start = await startOfFile(path);
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  const encoding = encodingOf(start);
  if (encoding === 'utf-8' && !isGzip && start.includes(0)) {
    const remedy = `save it as UTF-8, such as by iconv -f UTF-16${start[0] === 0 ? 'BE' : 'LE'} -t UTF-8`;
    throw new UserError(`is UTF-16 without a byte order mark, or no text; ${remedy}`, path);
  }
  if (encoding === 'utf-16le' && start[2] === 0 && start[3] === 0) {
    throw new UserError('is UTF-32; save it as UTF-8, such as by iconv -f UTF-32 -t UTF-8', path);
  }
  const decoder = new TextDecoder(encoding);
  const file = createReadStream(path, { highWaterMark: 1 << 16 });
  const plain = isGzip ? createGunzip() : new PassThrough();
  pipeline(file, plain, () => undefined);
  let rest = '';
  let number = 0;
  try {
    for await (const chunk of plain) {
      const pieces = decoder.decode(chunk as Buffer, { stream: true }).split('\n');
      // The rest of a long line is never looked through again.
      pieces[0] = rest + pieces[0]!;
      rest = pieces.pop()!;
      if (rest.length > LONGEST_LINE) throw new UserError('a line of more than 64 MiB; this is no text file', path);
      yield pieces.map((piece) => toLine(++number, piece));
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot be read on (${(error as Error).message}); restore it`, `${path}:${number + 1}`);
  }
  rest += decoder.decode();
  if (rest !== '') yield [toLine(++number, rest)];
}

/** The first line that holds something; an empty string when there is none. */
export async function firstLine(path: string): Promise<string> {
  for await (const lines of readLines(path)) {
    for (const { text } of lines) if (text.trim() !== '') return text;
  }
  return '';
}

/** The first bytes of a file; fewer when it is shorter, none when it cannot be read. */
export async function startOfFile(path: string, length = 16): Promise<Buffer> {
  const file = await open(path).catch(() => null);
  if (file === null) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return Buffer.alloc(0);
  } finally {
    await file.close();
  }
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function toLine(number: number, piece: string): TextLine {
  const text = piece.endsWith('\r') ? piece.slice(0, -1) : piece;
  return { number, text, isIntact: !text.includes('\uFFFD') };
}
