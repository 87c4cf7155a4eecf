import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { pack } from 'tar-stream';
import { expect, it } from 'vitest';
import { openCorpus } from './index.ts';

const clips = ['a', 'long'].map((name) =>
  fileURLToPath(new URL(`__fixtures__/nemo-manifest/audio/${name}.wav`, import.meta.url)),
);
const cacheFolder = mkdtempSync(join(tmpdir(), 'earshot-cache-'));

/** The bytes of every utterance's audio, brought out of where it lies. */
async function audioIn(folder: string): Promise<readonly Buffer[]> {
  const corpus = await openCorpus('c', folder, { audioRoot: null, allowPipes: true, cacheFolder });
  const audio: Buffer[] = [];
  for await (const rows of corpus.rows()) {
    for (const row of rows) {
      if ('rejection' in row) continue;
      await row.extract?.();
      audio.push(readFileSync(row.utterance.audio.path));
    }
  }
  return audio;
}

function kaldi(clip: string, command: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-kaldi-'));
  copyFileSync(clip, join(folder, 'x.wav'));
  writeFileSync(join(folder, 'wav.scp'), `u1 ${command} |\n`);
  writeFileSync(join(folder, 'text'), 'u1 words\n');
  return folder;
}

it('one command is run for each corpus that has it', async () => {
  for (const clip of clips) expect(await audioIn(kaldi(clip, 'cat x.wav'))).toEqual([readFileSync(clip)]);
});

it('a command that fails leaves nothing behind', async () => {
  const before = readdirSync(cacheFolder, { recursive: true }).filter((name) => String(name).includes('.'));
  await expect(audioIn(kaldi(clips[0]!, 'head -c 100 x.wav; false'))).rejects.toThrow(
    /command of wav.scp ended with 1/,
  );
  const after = readdirSync(cacheFolder, { recursive: true }).filter((name) => String(name).includes('.'));
  expect(after).toEqual(before);
});

it('samples that a Parquet file holds as numbers come out as they were', async () => {
  const [first] = await audioIn(fileURLToPath(new URL('__fixtures__/parquet-array', import.meta.url)));
  expect(first).toEqual(readFileSync(clips[0]!));
});

it('a shard that was replaced is read again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-shards-'));
  const row = { audio_filepath: 'x.wav', duration: 0.3, text: 'x', shard_id: 0 };
  writeFileSync(join(folder, 'tarred_audio_manifest.json'), JSON.stringify(row));
  for (const clip of clips) {
    const archive = pack();
    archive.entry({ name: 'x.wav' }, readFileSync(clip));
    archive.finalize();
    writeFileSync(join(folder, 'audio_0.tar'), await buffer(archive));
    expect(await audioIn(folder)).toEqual([readFileSync(clip)]);
  }
});
