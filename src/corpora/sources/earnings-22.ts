import { keepParquet, parquetFiles } from './parquet-files.ts';
import type { PublicCorpus } from './source.ts';

const dataset = 'distil-whisper/earnings22';
const description = 'Earnings-22: earnings calls of companies from many countries, in English of many accents';
const license = 'CC BY-SA 4.0';

/** Earnings-22, its calls cut into segments. */
export const earnings22: PublicCorpus = {
  name: 'earnings-22',
  description,
  license,
  homepage: 'https://huggingface.co/datasets/distil-whisper/earnings22',
  languages: ['en-US', 'en-GB'],
  splits: ['test'],
  size: '38 files of 0.5 to 1 GB; a limit takes as many as it needs',
  files: (request, remote) => parquetFiles(remote, { dataset, folder: 'chunked', rowsPerFile: 1000 }, request),
  layOut: (downloads, { language }, folder) =>
    keepParquet(downloads, folder, 'chunked', { description, license, language }),
};
