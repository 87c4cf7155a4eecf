import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLines, type TextLine } from './text-lines.ts';

async function linesOf(content: string | Buffer): Promise<readonly TextLine[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'earshot-lines-')), 'text');
  writeFileSync(path, content);
  const found: TextLine[] = [];
  for await (const lines of readLines(path)) found.push(...lines);
  return found;
}

it('lines are whole however they fall into the pieces that a file is read in', async () => {
  const texts = ['é'.repeat(100_000), '', 'x'.repeat(65_536), 'last'];
  expect((await linesOf(texts.join('\r\n'))).map(({ text }) => text)).toEqual(texts);
  expect((await linesOf(texts.join('\n') + '\n')).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
});

it('a file without line ends is refused before it fills memory', async () => {
  await expect(linesOf(Buffer.alloc(65 * 2 ** 20, 'x'))).rejects.toThrow(/more than 64 MiB; this is no text file/);
});

it.each([
  ['UTF-16LE', Buffer.from('a\tb', 'utf16le')],
  ['UTF-16BE', Buffer.from('a\tb', 'utf16le').swap16()],
  ['UTF-32', Buffer.from('\uFEFF\0a\0', 'utf16le')],
])('%s without a mark of its own is told apart', async (encoding, content) => {
  await expect(linesOf(content)).rejects.toThrow(`iconv -f ${encoding} -t UTF-8`);
});
