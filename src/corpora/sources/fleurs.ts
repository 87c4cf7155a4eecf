import { appendFile, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { locales } from '../locales.ts';
import { readLines } from '../text-lines.ts';
import { chooseIds } from './choose-rows.ts';
import type { PublicCorpus } from './source.ts';
import { unpack } from './unpack.ts';

const dataset = 'google/fleurs';

/** FLEURS from its publisher's data set: a table and an archive per language and split. */
export const fleurs: PublicCorpus = {
  name: 'fleurs',
  description: 'FLEURS: sentences of Wikipedia read aloud; several readers share a sentence',
  license: 'CC BY 4.0',
  homepage: 'https://huggingface.co/datasets/google/fleurs',
  languages: Object.keys(locales),
  splits: ['test', 'dev', 'train'],
  size: 'test: 0.2 to 0.7 GB a language',

  async files({ language, split }, remote) {
    const code = codeOf(language);
    const [tables, archives] = await Promise.all([
      remote.listHub(dataset, `data/${code}`),
      remote.listHub(dataset, `data/${code}/audio`),
    ]);
    return [
      ...tables.filter(({ name }) => name.endsWith(`-${split}.tsv`)),
      ...archives.filter(({ name }) => name.endsWith(`-${split}.tar.gz`)),
    ];
  },

  async layOut([table, archive], { language, split, limit, seed }, folder) {
    const rows = new Map<string, string>();
    for await (const lines of readLines(table!.path)) {
      for (const { text } of lines) rows.set(text.split('\t')[1] ?? '', text);
    }
    rows.delete('');
    const chosen = chooseIds(rows.keys(), limit, seed);
    const home = codeOf(language);
    const found = new Set<string>();
    const refusedMembers = await unpack(archive!.path, folder, (member) => {
      const file = basename(member);
      if (!chosen.has(file)) return null;
      found.add(file);
      return join(home, 'audio', split, file);
    });
    const path = join(folder, home, `${split}.tsv`);
    await mkdir(dirname(path), { recursive: true });
    for (const [file, row] of rows) if (found.has(file)) await appendFile(path, `${row}\n`);
    return { utterances: found.size, refusedMembers };
  },
};

function codeOf(language: string): string {
  return locales[language as keyof typeof locales].fleurs;
}
