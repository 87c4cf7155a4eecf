import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { earshot } from './__fixtures__/earshot.ts';

const audio = fileURLToPath(new URL('../../datasets/spoken-commands/audio', import.meta.url));
const clips = ['en-US-0001', 'en-US-0002'] as const;

/** A folder of recordings as people have them, with their words beside them. */
function recordings({ withTexts }: { readonly withTexts: boolean }): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-corpora-'));
  for (const clip of clips) {
    copyFileSync(join(audio, `${clip}.flac`), join(folder, `${clip}.flac`));
    if (withTexts) writeFileSync(join(folder, `${clip}.txt`), 'some words');
  }
  return folder;
}

describe('corpora inspect', () => {
  it('says what lies there, and ends with 2 where nothing can be used', async () => {
    const folder = recordings({ withTexts: true });
    const found = await earshot(['corpora', 'inspect', folder]);
    expect(found.code, found.stderr).toBe(0);
    expect(found.stdout).toMatch(/^layout: text-beside-audio/m);
    expect(found.stdout).toMatch(/^rows: 2, usable 2, rejected 0$/m);
    for (const clip of clips) writeFileSync(join(folder, `${clip}.flac`), 'no audio');
    const damaged = await earshot(['corpora', 'inspect', folder]);
    expect(damaged.stdout).toMatch(/^rows: 2, usable 0, rejected 2$/m);
    expect(damaged.code).toBe(2);
  });

  it('runs no command of a Kaldi wav.scp unless told to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-kaldi-'));
    const ran = join(folder, 'ran');
    writeFileSync(join(folder, 'wav.scp'), `u1 touch ${ran}; cat ${join(audio, 'en-US-0001.flac')} |\n`);
    writeFileSync(join(folder, 'text'), 'u1 some words\n');
    writeFileSync(join(folder, 'utt2spk'), 'u1 ann\n');
    const refused = await earshot(['corpora', 'inspect', folder]);
    expect(refused.stdout).toMatch(/^rejected: .*wav\.scp makes u1 by a command, which is not run/m);
    expect(existsSync(ran)).toBe(false);
    const allowed = await earshot(['corpora', 'inspect', folder, '--allow-pipes']);
    expect(allowed.stdout, allowed.stderr).toMatch(/usable 1, rejected 0/);
    expect(existsSync(ran)).toBe(true);
  });
});

describe('corpora verify', () => {
  it('notes digests, and ends with 3 when files are not what they were', async () => {
    const folder = recordings({ withTexts: true });
    const noted = await earshot(['corpora', 'verify', folder, '--write']);
    expect(noted.code, noted.stdout).toBe(0);
    expect(noted.stdout).toMatch(/^4 noted files, 0 of them changed\n2 utterances decoded, 0 rejected$/m);
    const digest = /samples: ([0-9a-f]{64})/.exec(noted.stdout)?.[1];
    expect((await earshot(['corpora', 'verify', folder])).stdout).toContain(digest);
    copyFileSync(join(folder, `${clips[0]}.flac`), join(folder, `${clips[1]}.flac`));
    const changed = await earshot(['corpora', 'verify', folder]);
    expect(changed.stdout).toMatch(/^changed: .*SHA256SUMS:\d: en-US-0002\.flac is not what it was; restore it/m);
    expect(changed.stdout).not.toContain(digest);
    expect(changed.code).toBe(3);
  });
});

describe('corpora new', () => {
  it('writes drafts that nothing is measured on until a person has corrected them', async () => {
    const folder = recordings({ withTexts: false });
    const made = await earshot(['corpora', 'new', folder, '--language', 'en-US']);
    expect(made.code, made.stderr).toBe(0);
    const manifest = join(folder, 'manifest.jsonl');
    const rows = readFileSync(manifest, 'utf8').trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row) as object)).toMatchObject(
      clips.map((clip) => ({ audio_filepath: `${clip}.flac`, lang: 'en-US', draft: true })),
    );
    expect((await earshot(['corpora', 'inspect', folder])).code).toBe(2);
    writeFileSync(manifest, rows.join('\n').replaceAll(/,? *"draft": ?true/g, ''));
    expect((await earshot(['corpora', 'inspect', folder])).stdout).toMatch(/usable 2, rejected 0/);
    const again = await earshot(['corpora', 'new', folder]);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/is there already/);
  });
});

describe('corpora fetch', () => {
  let server: Server;
  let mirror = '';

  beforeAll(async () => {
    const archive = pack();
    for (const clip of clips) archive.entry({ name: `test/${clip}.wav` }, readFileSync(join(audio, `${clip}.flac`)));
    archive.finalize();
    const samples = { 'en-US-0001': 49_688, 'en-US-0002': 35_225 };
    const table = clips.map(
      (clip, row) => `${row}\t${clip}.wav\tPlay it.\tplay it\tp l a y |\t${samples[clip]}\tMALE\n`,
    );
    const content = gzipSync(await buffer(archive));
    const [tree, data] = ['/api/datasets/google/fleurs/tree/main/data', '/datasets/google/fleurs/resolve/main/data'];
    const served: Readonly<Record<string, Buffer | string>> = {
      [`${tree}/en_us`]: JSON.stringify([{ type: 'file', path: 'data/en_us/test.tsv', size: table.join('').length }]),
      [`${tree}/en_us/audio`]: JSON.stringify([
        { type: 'file', path: 'data/en_us/audio/test.tar.gz', size: content.length },
      ]),
      [`${data}/en_us/test.tsv`]: table.join(''),
      [`${data}/en_us/audio/test.tar.gz`]: content,
    };
    server = createServer((request, response) => {
      const found = served[request.url!];
      if (found === undefined) response.writeHead(404).end();
      else response.end(found);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    mirror = `http://127.0.0.1:${typeof address === 'object' ? address!.port : 0}`;
  });

  afterAll(() => server.close());

  it('brings a part of a public corpus that can then be measured on', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'earshot-fetch-')), 'fleurs');
    const args = ['corpora', 'fetch', 'fleurs', '--language', 'en-US', '--out', out, '--mirror', mirror];
    const fetched = await earshot([...args, '--limit', '1']);
    expect(fetched.code, fetched.stderr).toBe(0);
    expect(fetched.stdout).toMatch(/1 utterances of fleurs, test, en-US$/m);
    expect((await earshot(['corpora', 'inspect', out])).stdout).toMatch(/layout: fleurs[^]*usable 1, rejected 0/);
  });

  it('leaves nothing behind where nothing is served', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'earshot-fetch-')), 'fleurs');
    const args = ['corpora', 'fetch', 'fleurs', '--language', 'de-DE', '--out', out, '--mirror', mirror];
    const refused = await earshot(args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^earshot: .*404/m);
    expect(existsSync(out)).toBe(false);
  });
});
