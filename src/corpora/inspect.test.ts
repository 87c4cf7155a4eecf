import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openCorpus } from './index.ts';
import { digestCorpus } from './digest-corpus.ts';
import { inspectCorpus } from './inspect.ts';

const fixtures = fileURLToPath(new URL('__fixtures__', import.meta.url));

it('an inspection looks into the audio files, rejects what is wrong with them, and counts the rest, as a verification does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-inspect-'));
  const wav = join(fixtures, 'nemo-manifest/audio/a.wav');
  copyFileSync(wav, join(folder, 'good.wav'));
  writeFileSync(join(folder, 'cut.wav'), readFileSync(wav).subarray(0, 1000));
  writeFileSync(join(folder, 'page.wav'), '<html>Not found</html>');
  copyFileSync(join(fixtures, 'librispeech/test-clean/61/70968/61-70968-0000.flac'), join(folder, 'flac.wav'));
  const rows = [
    { id: 'good', audio_filepath: 'good.wav', duration: 0.3, speaker: 'a' },
    { id: 'cut', audio_filepath: 'cut.wav', duration: 0.3 },
    { id: 'page', audio_filepath: 'page.wav', duration: 0.3 },
    { id: 'flac', audio_filepath: 'flac.wav', duration: 0.3, speaker: 'b' },
    { id: 'ms', audio_filepath: 'good.wav', duration: 300 },
    { id: 'behind', audio_filepath: 'good.wav', offset: 5, duration: 1 },
    { id: 'good', audio_filepath: 'good.wav', duration: 0.3 },
  ];
  const lines = rows.map((row) => JSON.stringify({ text: 'x', lang: 'en-US', ...row }));
  writeFileSync(join(folder, 'manifest.jsonl'), lines.join('\n'));
  const corpus = await openCorpus('c', folder, { audioRoot: null, allowPipes: false, cacheFolder: folder });
  const reasons: string[] = [];
  const remarks: string[] = [];
  const found = await inspectCorpus(
    corpus,
    'c',
    ({ where, reason }) => reasons.push(`${where}: ${reason}`),
    (where, remark) => remarks.push(`${where}: ${remark}`.replaceAll(`${folder}/`, '')),
  );
  expect(found).toMatchObject({ rows: 7, rejected: 5, utterances: 2, audioSeconds: 0.6, speakers: 2 });
  expect(found.mislabeled).toBe(1);
  expect(remarks).toEqual([
    'manifest.jsonl:4: flac.wav is FLAC, though it is called WAV; it is read as what it is, rename it',
  ]);
  const told = reasons.map((reason) => reason.replaceAll(`${folder}/`, ''));
  expect(told).toEqual([
    'manifest.jsonl:2: corpus c, utterance cut: cut.wav is truncated: 4800 bytes of samples are promised, 956 are there; fetch it again',
    'manifest.jsonl:3: corpus c, utterance page: page.wav is no audio, though it is called so; fetch or record it again',
    'manifest.jsonl:5: corpus c, utterance ms: the row goes to 300 s, but good.wav has 0.3 s; correct the duration',
    'manifest.jsonl:6: corpus c, utterance behind: the row goes to 6 s, but good.wav has 0.3 s; correct the duration',
    'manifest.jsonl:7: utterance id "good" stands on two rows; make ids unique',
  ]);
  const verified: string[] = [];
  const digest = await digestCorpus(corpus, 'c', ({ where, reason }) => verified.push(`${where}: ${reason}`));
  expect(digest, 'the same rows as those that decoding leaves').toMatchObject({ utterances: 2, rejected: 5 });
  expect(verified).toEqual(reasons);
});

it('a verification tells by the length that a row states what no header does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-verify-'));
  writeFileSync(join(folder, 'half.pcm'), readFileSync(join(fixtures, 'nemo-manifest/audio/a.wav')).subarray(44));
  const row = { audio_filepath: 'half.pcm', duration: 1, text: 'x', lang: 'en-US' };
  writeFileSync(join(folder, 'manifest.jsonl'), JSON.stringify(row));
  const corpus = await openCorpus('c', folder, { audioRoot: null, allowPipes: false, cacheFolder: folder });
  const reasons: string[] = [];
  const digest = await digestCorpus(corpus, 'c', ({ reason }) => reasons.push(reason.replaceAll(`${folder}/`, '')));
  expect(digest).toMatchObject({ utterances: 0, rejected: 1 });
  expect(reasons).toEqual([
    'corpus c, utterance half: the row goes to 1 s, but half.pcm has 0.15 s; correct the duration',
  ]);
});
