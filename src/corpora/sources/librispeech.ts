import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readLines } from '../text-lines.ts';
import { walkFiles } from '../walk-files.ts';
import { chooseIds } from './choose-rows.ts';
import type { PublicCorpus } from './source.ts';
import { unpack } from './unpack.ts';

/** Bytes and MD5 as published at openslr.org/12. */
const parts: Readonly<Record<string, readonly [bytes: number | null, md5: string]>> = {
  'test-clean': [346_663_984, '32fa31d27d2e1cad72775fee3f4849a9'],
  'test-other': [328_757_843, 'fb5a50374b501bb3bac4815ee91d3135'],
  'dev-clean': [null, '42e2234ba48799c1f50f24a7926300a1'],
  'dev-other': [null, 'c8d0bcc9cca99d4f8b62fcc847357931'],
  'train-clean-100': [null, '2a93770f6d5c6c964bc36631d331a522'],
  'train-clean-360': [null, 'c0e676e450a7ff2f54aeade5171606fa'],
  'train-other-500': [null, 'd1a0fd59409feb2c614ce4d30c387708'],
};

/** LibriSpeech from OpenSLR. */
export const librispeech: PublicCorpus = {
  name: 'librispeech',
  description: 'LibriSpeech: read English audiobooks',
  license: 'CC BY 4.0',
  homepage: 'https://www.openslr.org/12',
  languages: ['en-US'],
  splits: Object.keys(parts),
  size: 'test-clean: 0.35 GB',

  files({ split }) {
    const [bytes, md5] = parts[split]!;
    const name = `${split}.tar.gz`;
    const url = `https://www.openslr.org/resources/12/${name}`;
    return Promise.resolve([{ url, name, bytes, digest: { algorithm: 'md5', hex: md5 } }]);
  },

  async layOut([archive], { limit, seed }, folder) {
    // Transcripts may follow their audio, so that what is wanted is known only after a first pass.
    const listed = join(folder, 'transcripts');
    await unpack(archive!.path, listed, (member) => (/\.trans\.txt$|SPEAKERS\.TXT$/.test(member) ? member : null));
    const rows = new Map<string, { readonly table: string; readonly text: string }>();
    for await (const table of walkFiles(listed, /\.trans\.txt$/)) {
      for await (const lines of readLines(table)) {
        for (const { text } of lines) rows.set(text.split(' ')[0]!, { table: table.slice(listed.length + 1), text });
      }
    }
    await rm(listed, { recursive: true });
    const chosen = chooseIds(rows.keys(), limit, seed);
    const refusedMembers = await unpack(archive!.path, folder, (member) => {
      if (/SPEAKERS\.TXT$/.test(member)) return withoutTop(member);
      return chosen.has(basename(member, '.flac')) ? withoutTop(member) : null;
    });
    for (const [table, texts] of groupByTable(rows, chosen)) {
      const path = join(folder, withoutTop(table));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, texts.map((text) => `${text}\n`).join(''));
    }
    return { utterances: chosen.size, refusedMembers };
  },
};

function groupByTable(
  rows: ReadonlyMap<string, { readonly table: string; readonly text: string }>,
  chosen: ReadonlySet<string>,
): ReadonlyMap<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const [id, { table, text }] of rows) {
    if (chosen.has(id)) tables.set(table, [...(tables.get(table) ?? []), text]);
  }
  return tables;
}

/** Archives hold everything in one folder, `LibriSpeech`. */
function withoutTop(member: string): string {
  return member.replace(/^(\.\/)?LibriSpeech\//, '');
}
