import { keepParquet, parquetFiles } from './parquet-files.ts';
import type { PublicCorpus } from './source.ts';

const dataset = 'edinburghcstr/ami';
const description = 'AMI: meetings, each speaker by a headset microphone';
const license = 'CC BY 4.0';

/** AMI's individual headset microphones from the University of Edinburgh's data set. */
export const ami: PublicCorpus = {
  name: 'ami',
  description,
  license,
  homepage: 'https://huggingface.co/datasets/edinburghcstr/ami',
  languages: ['en-US', 'en-GB'],
  splits: ['test', 'validation', 'train'],
  size: 'test: 1.3 GB',
  files: (request, remote) => parquetFiles(remote, { dataset, folder: 'ihm', rowsPerFile: 3000 }, request),
  layOut: (downloads, { language }, folder) =>
    keepParquet(downloads, folder, 'ihm', { description, license, language }),
};
