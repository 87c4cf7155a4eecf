import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { locales } from '../locales.ts';
import { chooseIds } from './choose-rows.ts';
import type { PublicCorpus } from './source.ts';
import { unpack } from './unpack.ts';

const dataset = 'facebook/voxpopuli';

/** VoxPopuli's transcribed speech from its publisher's data set: a table and several archives per split. */
export const voxpopuli: PublicCorpus = {
  name: 'voxpopuli',
  description: 'VoxPopuli: speeches in the European Parliament',
  license: 'CC0-1.0',
  homepage: 'https://huggingface.co/datasets/facebook/voxpopuli',
  languages: Object.entries(locales)
    .filter(([, codes]) => codes.voxpopuli !== null)
    .map(([language]) => language),
  splits: ['test', 'dev', 'train'],
  size: 'test: up to 0.6 GB a language',

  async files({ language, split }, remote) {
    const folder = `data/${codeOf(language)}`;
    const [tables, archives] = await Promise.all([
      remote.listHub(dataset, folder),
      remote.listHub(dataset, `${folder}/${split}`),
    ]);
    return [
      ...tables.filter(({ url }) => url.endsWith(`/asr_${split}.tsv`)),
      ...archives.filter(({ url }) => url.endsWith('.tar.gz')),
    ];
  },

  async layOut([table, ...archives], { language, split, limit, seed }, folder) {
    const [header = '', ...lines] = (await readFile(table!.path, 'utf8')).split('\n').filter(Boolean);
    const rows = new Map(lines.map((line) => [line.split('\t')[0]!, line]));
    const chosen = chooseIds(rows.keys(), limit, seed);
    const home = codeOf(language);
    const found = new Set<string>();
    const refusedMembers: string[] = [];
    for (const { path } of archives) {
      const refused = await unpack(path, folder, (member) => {
        const id = basename(member, '.wav');
        if (!chosen.has(id)) return null;
        found.add(id);
        return join(home, split, `${id}.wav`);
      });
      refusedMembers.push(...refused);
    }
    await mkdir(join(folder, home), { recursive: true });
    const kept = [...rows].filter(([id]) => found.has(id)).map(([, line]) => line);
    await writeFile(join(folder, home, `asr_${split}.tsv`), [header, ...kept, ''].join('\n'));
    return { utterances: found.size, refusedMembers };
  },
};

function codeOf(language: string): string {
  return locales[language as keyof typeof locales].voxpopuli!;
}
