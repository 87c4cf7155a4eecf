import { basename, join } from 'node:path';
import type { PublicCorpus } from './source.ts';
import { unpack } from './unpack.ts';
import { hubFile } from './hub.ts';

const dataset = 'LIUM/tedlium';

/** TED-LIUM 3, the speaker-independent split of its earlier releases: STM tables and SPHERE audio. */
export const tedLium: PublicCorpus = {
  name: 'ted-lium',
  description: 'TED-LIUM 3: TED talks in English',
  license: 'CC BY-NC-ND 3.0',
  homepage: 'https://www.openslr.org/51',
  languages: ['en-US'],
  splits: ['test', 'dev'],
  size: 'test: 0.3 GB; SPHERE audio needs ffmpeg',

  async files({ split }, remote) {
    const files = await remote.listHub(dataset, 'TEDLIUM_release3/legacy');
    return files.filter(({ url }) => url === hubFile(dataset, `TEDLIUM_release3/legacy/${split}.tar.gz`));
  },

  /** Talks are taken whole, since the segments of a talk are parts of one file. */
  async layOut([archive], { split }, folder) {
    const refusedMembers = await unpack(archive!.path, folder, (member) => {
      const file = basename(member);
      if (file.endsWith('.stm')) return join(split, 'stm', file);
      return file.endsWith('.sph') ? join(split, 'sph', file) : null;
    });
    return { utterances: null, refusedMembers };
  },
};
