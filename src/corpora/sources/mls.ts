import { locales } from '../locales.ts';
import { keepParquet, parquetFiles } from './parquet-files.ts';
import type { PublicCorpus } from './source.ts';

const dataset = 'facebook/multilingual_librispeech';
const description = 'Multilingual LibriSpeech: read audiobooks';
const license = 'CC BY 4.0';

/** Multilingual LibriSpeech from its publisher's data set. English lies elsewhere, as LibriSpeech. */
export const mls: PublicCorpus = {
  name: 'mls',
  description,
  license,
  homepage: 'https://huggingface.co/datasets/facebook/multilingual_librispeech',
  languages: Object.entries(locales)
    .filter(([, { mls: folder }]) => folder !== null && folder !== 'english')
    .map(([language]) => language),
  splits: ['test', 'dev', '9_hours', '1_hours', 'train'],
  size: 'test: 0.1 to 1 GB a language',

  files: (request, remote) =>
    parquetFiles(remote, { dataset, folder: folderOf(request.language), rowsPerFile: 500 }, request),

  layOut: (downloads, { language }, folder) =>
    keepParquet(downloads, folder, folderOf(language), { description, license, language }),
};

function folderOf(language: string): string {
  return locales[language as keyof typeof locales].mls!;
}
