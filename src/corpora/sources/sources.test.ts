import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '../index.ts';
import { locales } from '../locales.ts';
import { surveyCorpus } from '../survey.ts';
import { fetchCorpus } from './fetch-corpus.ts';
import { publicCorpora } from './index.ts';
import type { FetchRequest } from './source.ts';

const fixtures = fileURLToPath(new URL('../__fixtures__', import.meta.url));
const read = (path: string) => readFileSync(join(fixtures, path));

type Members = Readonly<Record<string, Buffer | string>>;

async function tarGz(members: Members): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(members)) archive.entry({ name }, content);
  archive.entry({ name: 'passwords', type: 'symlink', linkname: '/etc/passwd' });
  archive.finalize();
  return gzipSync(await buffer(archive));
}

const wav = read('nemo-manifest/audio/a.wav');
const flac = read('librispeech/test-clean/61/70968/61-70968-0000.flac');

const fleursTable = [1, 2, 3, 4].map((n) => `${n}\t${n}.wav\tSatz "${n}\tsatz\ts |\t4800\tMALE\n`).join('');
const voxHeader = 'id\traw_text\tnormalized_text\tspeaker_id\tsplit\tgender\tis_gold_transcript\taccent\n';
const voxTable = voxHeader + [1, 2].map((n) => `2010-en_${n}\tText ${n}\ttext\t7\ttest\tmale\tTrue\tNone\n`).join('');
const voiceHeader = 'client_id\tpath\tsentence_id\tsentence\tage\tgender\tlocale\n';
const voiceTable = voiceHeader + [1, 2, 3].map((n) => `c${n}\tclip_${n}.mp3\ts${n}\tSatz ${n}\t\t\tde\n`).join('');
const mp3 = read('common-voice/de/clips/common_voice_de_1.mp3');

const hub = (dataset: string, path: string) => `/datasets/${dataset}/resolve/main/${path}`;

/** What lies where, as the publishers have it. */
const served: Readonly<Record<string, Buffer>> = {
  [hub('google/fleurs', 'data/de_de/test.tsv')]: Buffer.from(fleursTable),
  [hub('google/fleurs', 'data/de_de/audio/test.tar.gz')]: await tarGz({
    'test/1.wav': wav,
    'test/2.wav': wav,
    'test/3.wav': wav,
    '../../4.wav': wav,
  }),
  '/resources/12/dev-clean.tar.gz': await tarGz({
    'LibriSpeech/SPEAKERS.TXT': read('librispeech/SPEAKERS.TXT'),
    'LibriSpeech/dev-clean/61/70968/61-70968-0000.flac': flac,
    'LibriSpeech/dev-clean/61/70968/61-70968-0001.flac': flac,
    'LibriSpeech/dev-clean/61/70968/61-70968.trans.txt': '61-70968-0000 HE BEGAN\n61-70968-0001 AND ENDED\n',
  }),
  [hub('facebook/multilingual_librispeech', 'german/test-00000-of-00001.parquet')]: read(
    'parquet/data/test-00000-of-00002.parquet',
  ),
  [hub('edinburghcstr/ami', 'ihm/test-00000-of-00001.parquet')]: read('parquet/data/test-00000-of-00002.parquet'),
  [hub('distil-whisper/earnings22', 'chunked/test-00000-of-00002-6f.parquet')]: read(
    'parquet/data/test-00000-of-00002.parquet',
  ),
  [hub('distil-whisper/earnings22', 'chunked/test-00001-of-00002-7a.parquet')]: read(
    'parquet/data/test-00000-of-00002.parquet',
  ),
  [hub('facebook/voxpopuli', 'data/en/asr_test.tsv')]: Buffer.from(voxTable),
  [hub('facebook/voxpopuli', 'data/en/test/test_part_0.tar.gz')]: await tarGz({ 'test_part_0/2010-en_1.wav': wav }),
  [hub('facebook/voxpopuli', 'data/en/test/test_part_1.tar.gz')]: await tarGz({ 'test_part_1/2010-en_2.wav': wav }),
  [hub('LIUM/tedlium', 'TEDLIUM_release3/legacy/test.tar.gz')]: await tarGz({
    'test/Talk.stm': 'Talk 1 Talk 0.0 0.3 <o,f0,male> a talk\n',
    'test/Talk.sph': wav,
  }),
  '/signed/common-voice.tar.gz': await tarGz({
    'cv-corpus-22.0/de/clips/clip_1.mp3': mp3,
    'cv-corpus-22.0/de/clips/clip_2.mp3': mp3,
    'cv-corpus-22.0/de/test.tsv': voiceTable,
  }),
};

/** How the server misbehaves at its next answers. */
const faults: ('cut' | 'busy' | 'damage')[] = [];
const requests: string[] = [];
let server: Server;
let mirror = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://x').pathname);
    requests.push(`${request.method!} ${path} ${request.headers.range ?? ''}`.trim());
    const tree = /^\/api\/datasets\/(.+?\/.+?)\/tree\/main\/(.+)$/.exec(path);
    if (tree) return void response.end(JSON.stringify(listing(tree[1]!, tree[2]!)));
    if (path.endsWith('/download')) {
      if (request.headers.authorization === 'Bearer no-key') return void response.writeHead(401).end('<html>');
      const isKnown = request.headers.authorization === 'Bearer my-key';
      return void response.end(
        JSON.stringify(isKnown ? { downloadUrl: `https://cdn.invalid/signed/common-voice.tar.gz` } : {}),
      );
    }
    const content = served[path];
    if (content === undefined) return void response.writeHead(404).end();
    const fault = faults.shift();
    if (fault === 'busy') return void response.writeHead(429).end();
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const body = fault === 'damage' ? Buffer.from(content).fill(0, 100, 120) : content;
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': body.length - start, etag: '"v1"' });
    if (fault !== 'cut') return void response.end(body.subarray(start));
    response.write(body.subarray(start, start + Math.floor((body.length - start) / 2)), () =>
      setTimeout(() => response.destroy(), 50),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  mirror = `http://127.0.0.1:${typeof address === 'object' ? address!.port : 0}`;
});

afterAll(() => server.close());

function listing(dataset: string, folder: string): unknown[] {
  const prefix = `${hub(dataset, folder)}/`;
  return Object.entries(served)
    .filter(([path]) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
    .map(([path, content]) => ({
      type: 'file',
      path: path.slice(hub(dataset, '').length),
      size: 130,
      lfs: { oid: createHash('sha256').update(content).digest('hex'), size: content.length },
    }));
}

function fail(): never {
  throw new Error('nothing is asked for');
}

function fetching(
  name: string,
  over: Partial<FetchRequest> = {},
  folder = mkdtempSync(join(tmpdir(), 'earshot-fetch-')),
) {
  const corpus = publicCorpora.find((candidate) => candidate.name === name)!;
  const request = {
    language: corpus.languages[0]!,
    split: corpus.splits[0]!,
    limit: null,
    seed: 1,
    archive: null,
    ...over,
  };
  const secrets: Readonly<Record<string, string>> = { MDC_API_KEY: 'my-key', MDC_DATASET_ID: 'd1' };
  const options = {
    mirror,
    hubToken: null,
    retryWaitMs: 1,
    onProgress: () => undefined,
    secret: (key: string) => secrets[key] ?? null,
  };
  return { folder, done: fetchCorpus(corpus, request, folder, options) };
}

async function survey(path: string, language: string) {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'earshot-cache-'));
  const corpus = await openCorpus('c', path, { audioRoot: null, allowPipes: false, cacheFolder });
  const options = { name: 'c', languages: [language], defaultLanguage: null, limit: null, seed: 1 };
  return { ...corpus, ...(await surveyCorpus(corpus, options)) };
}

describe('a public corpus is fetched by its name and can be measured on', () => {
  it.each([
    { name: 'fleurs', language: 'de-DE', utterances: 3 },
    { name: 'mls', language: 'de-DE', utterances: 2 },
    { name: 'ami', language: 'en-US', utterances: 2 },
    { name: 'earnings-22', language: 'en-GB', utterances: 4 },
    { name: 'voxpopuli', language: 'en-US', utterances: 2 },
    { name: 'common-voice', language: 'de-DE', utterances: 2 },
  ])('$name', async ({ name, language, utterances }) => {
    const { folder, done } = fetching(name, { language });
    await done;
    const found = await survey(folder, language);
    expect(found.languages.get(language)?.utterances).toBe(utterances);
    expect(found.license).not.toBe('not stated');
    expect(readdirSync(folder).filter((file) => file.startsWith('.'))).toEqual(['.gitignore']);
  });

  it('librispeech, whose archive is proved by its MD5', async () => {
    const { done } = fetching('librispeech', { split: 'dev-clean' });
    await expect(done).rejects.toThrow(/dev-clean\.tar\.gz does not have the md5 that is published; it was removed/);
  });

  it('librispeech, with the transcripts of what was chosen', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-libri-'));
    const path = join(folder, 'dev-clean.tar.gz');
    writeFileSync(path, served['/resources/12/dev-clean.tar.gz']!);
    const corpus = publicCorpora.find(({ name }) => name === 'librispeech')!;
    const request = { language: 'en-US', split: 'dev-clean', limit: 1, seed: 1, archive: null };
    const [file] = await corpus.files(request, { listHub: fail, secret: fail, postJson: fail });
    const laidOut = join(folder, 'out');
    expect((await corpus.layOut([{ file: file!, path }], request, laidOut)).utterances).toBe(1);
    const { languages, rejected } = await survey(laidOut, 'en-US');
    expect([languages.get('en-US')?.utterances, rejected.count]).toEqual([1, 0]);
  });

  it('ted-lium, with talks and their tables apart', async () => {
    const { folder, done } = fetching('ted-lium');
    await done;
    expect(readdirSync(join(folder, 'test'))).toEqual(['sph', 'stm']);
    const corpus = await openCorpus('c', folder, { audioRoot: null, allowPipes: false, cacheFolder: folder });
    expect(corpus.language, 'whose rows do not name it').toBe('en-US');
  });

  it('common-voice from an archive that its user has', async () => {
    const archive = join(mkdtempSync(join(tmpdir(), 'earshot-archive-')), 'cv.tar.gz');
    writeFileSync(archive, served['/signed/common-voice.tar.gz']!);
    const { folder, done } = fetching('common-voice', { language: 'de-DE', archive, limit: 1 });
    expect((await done).utterances).toBe(1);
    expect(existsSync(archive)).toBe(true);
    expect(readdirSync(join(folder, 'de/clips'))).toHaveLength(1);
  });
});

describe('a fetch', () => {
  it('takes a limit, and a larger limit keeps what a smaller one took', async () => {
    const clips = async (limit: number) => {
      const { folder, done } = fetching('fleurs', { language: 'de-DE', limit, seed: 3 });
      await done;
      return readdirSync(join(folder, 'de_de/audio/test'));
    };
    const [one, two] = [await clips(1), await clips(2)];
    expect(two).toEqual(expect.arrayContaining(one));
    expect([one.length, two.length]).toEqual([1, 2]);
  });

  it('never writes a member that climbs out, nor a link, and says so', async () => {
    const { folder, done } = fetching('fleurs', { language: 'de-DE' });
    const { utterances, refusedMembers } = await done;
    expect(utterances).toBe(3);
    expect(refusedMembers).toEqual(['../../4.wav', 'passwords']);
    expect(existsSync(join(folder, '../4.wav'))).toBe(false);
  });

  it('goes on after a lost connection and a busy server', async () => {
    faults.push('busy', 'cut');
    requests.length = 0;
    const { done } = fetching('mls', { language: 'de-DE' });
    await done;
    const path = hub('facebook/multilingual_librispeech', 'german/test-00000-of-00001.parquet');
    const size = served[path]!.length;
    expect(requests.slice(1)).toEqual([`GET ${path}`, `GET ${path}`, `GET ${path} bytes=${Math.floor(size / 2)}-`]);
  });

  it('goes on in a later process with what an earlier one left', async () => {
    faults.push('cut', 'busy', 'busy', 'busy', 'busy');
    const first = fetching('ami');
    await expect(first.done).rejects.toThrow(/what has arrived is kept/);
    requests.length = 0;
    await fetching('ami', {}, first.folder).done;
    expect(requests.at(-1)).toMatch(/bytes=\d+-$/);
    expect((await survey(first.folder, 'en-US')).languages.get('en-US')?.utterances).toBe(2);
  });

  it('refuses what is not what was published, and leaves nothing half done', async () => {
    faults.push('damage');
    const { folder, done } = fetching('ami');
    await expect(done).rejects.toThrow(/does not have the sha256 that is published/);
    expect(existsSync(folder)).toBe(false);
  });

  it('says what is missing for Common Voice, and where to get it', async () => {
    const corpus = publicCorpora.find(({ name }) => name === 'common-voice')!;
    const request = { language: 'de-DE', split: 'test', limit: null, seed: 1, archive: null };
    const options = { mirror, hubToken: null, retryWaitMs: 1, onProgress: () => undefined, secret: () => null };
    await expect(fetchCorpus(corpus, request, mkdtempSync(join(tmpdir(), 'earshot-cv-')), options)).rejects.toThrow(
      /datacollective.*--archive.*MDC_API_KEY/,
    );
  });

  it('says of an archive that is not there that it is not', async () => {
    const { done } = fetching('common-voice', { language: 'de-DE', archive: '/nowhere/cv.tar.gz' });
    await expect(done).rejects.toThrow('there is no archive /nowhere/cv.tar.gz; name one that was downloaded');
  });

  it('says that Common Voice does not take a key', async () => {
    const corpus = publicCorpora.find(({ name }) => name === 'common-voice')!;
    const request = { language: 'de-DE', split: 'test', limit: null, seed: 1, archive: null };
    const secret = (name: string) => (name === 'MDC_API_KEY' ? 'no-key' : 'd1');
    const options = { mirror, hubToken: null, retryWaitMs: 1, onProgress: () => undefined, secret };
    await expect(fetchCorpus(corpus, request, mkdtempSync(join(tmpdir(), 'earshot-cv-')), options)).rejects.toThrow(
      /d1\/download answers HTTP 401; accept its terms on its page and look at the key$/,
    );
  });

  it('says of an archive that is cut short that it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-archive-'));
    const archive = join(folder, 'cv.tar.gz');
    writeFileSync(archive, served['/signed/common-voice.tar.gz']!.subarray(0, 500));
    const { done } = fetching('common-voice', { language: 'de-DE', archive });
    await expect(done).rejects.toThrow(/cv\.tar\.gz is damaged or cut short/);
  });
});

describe('the locale table', () => {
  it("has the endpoint's 40 locales in canonical spelling, and none that YAML takes for a boolean", () => {
    const names = Object.keys(locales);
    expect(names).toHaveLength(40);
    expect(names.map((name) => Intl.getCanonicalLocales(name)[0])).toEqual(names);
    const codes = Object.values(locales).flatMap((entry) => Object.values(entry));
    expect(codes.filter((code) => /^(y|n|yes|no|on|off|true|false)$/i.test(code ?? ''))).toEqual([]);
  });
});
