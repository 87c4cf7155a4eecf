import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import { locales } from '../locales.ts';
import { readLines } from '../text-lines.ts';
import { findFile } from '../walk-files.ts';
import { chooseIds } from './choose-rows.ts';
import type { PublicCorpus } from './source.ts';
import { unpack } from './unpack.ts';

const api = 'https://datacollective.mozillafoundation.org/api/datasets';

/** Common Voice, which its users download themselves or with a key: it has terms to agree to. */
export const commonVoice: PublicCorpus = {
  name: 'common-voice',
  description: 'Common Voice: sentences read by volunteers',
  license: 'CC0-1.0',
  homepage: 'https://datacollective.mozillafoundation.org',
  languages: Object.entries(locales)
    .filter(([, codes]) => codes.commonVoice !== null)
    .map(([language]) => language),
  splits: ['test', 'dev', 'train', 'validated'],
  size: 'a whole language at once, up to 90 GB',

  async files({ language, archive }, remote) {
    if (archive !== null) return [];
    const [key, dataset] = [remote.secret('MDC_API_KEY'), remote.secret('MDC_DATASET_ID')];
    if (key === null || dataset === null) {
      throw new UserError(
        `Common Voice is given out at ${this.homepage} to those who agree to its terms; name the archive by --archive, or set MDC_API_KEY and MDC_DATASET_ID`,
      );
    }
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = (await remote.postJson(`${api}/${dataset}/download`, headers)) as { readonly downloadUrl?: string };
    if (!answer.downloadUrl)
      throw new UserError(`Common Voice gives no address for data set ${dataset}; agree to its terms first`);
    return [{ url: answer.downloadUrl, name: `common-voice-${codeOf(language)}.tar.gz`, bytes: null, digest: null }];
  },

  async layOut([downloaded], { language, split, limit, seed, archive }, folder) {
    const path = downloaded?.path ?? resolve(archive!);
    const code = codeOf(language);
    const listed = join(folder, 'tables');
    await unpack(path, listed, (member) => (member.endsWith(`/${code}/${split}.tsv`) ? basename(member) : null));
    const table = await findFile(listed, /\.tsv$/).catch(() => null);
    if (table === null) throw new UserError(`${path} has no ${code}/${split}.tsv; is it the archive of ${language}?`);
    const { header, rows } = await readTable(table);
    await rm(listed, { recursive: true });
    const chosen = chooseIds(rows.keys(), limit, seed);
    const found = new Set<string>();
    const refusedMembers = await unpack(path, folder, (member) => {
      if (member.endsWith(`/${code}/clip_durations.tsv`)) return join(code, 'clip_durations.tsv');
      const clip = basename(member);
      if (!chosen.has(clip)) return null;
      found.add(clip);
      return join(code, 'clips', clip);
    });
    const kept = [...rows].filter(([clip]) => found.has(clip)).map(([, row]) => row);
    const target = join(folder, code, `${split}.tsv`);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, [header, ...kept, ''].join('\n'));
    return { utterances: found.size, refusedMembers };
  },
};

async function readTable(
  path: string,
): Promise<{ readonly header: string; readonly rows: ReadonlyMap<string, string> }> {
  let header: string | null = null;
  let column = 0;
  const rows = new Map<string, string>();
  for await (const lines of readLines(path)) {
    for (const { text } of lines) {
      if (header === null) {
        header = text;
        column = text.split('\t').indexOf('path');
      } else if (text !== '') rows.set(text.split('\t')[column] ?? '', text);
    }
  }
  return { header: header ?? '', rows };
}

function codeOf(language: string): string {
  return locales[language as keyof typeof locales].commonVoice!;
}
