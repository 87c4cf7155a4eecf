import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasFfmpeg } from '../audio/ffmpeg.ts';
import { writeWav } from '../audio/write-wav.ts';
import type { Utterance } from '../types.ts';
import { openCorpus } from './index.ts';
import { surveyCorpus, type SurveyOptions } from './survey.ts';

const clip = fileURLToPath(new URL('__fixtures__/nemo-manifest/audio/a.wav', import.meta.url));
const fixtures = fileURLToPath(new URL('__fixtures__', import.meta.url));

interface Row {
  readonly [field: string]: unknown;
  readonly id: string;
}

/** A folder with one clip and a manifest of these rows. */
function corpusOf(rows: readonly Row[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-survey-'));
  copyFileSync(clip, join(folder, 'a.wav'));
  const lines = rows.map((row) =>
    JSON.stringify({ audio_filepath: 'a.wav', duration: 0.3, text: 'x', lang: 'en-US', ...row }),
  );
  writeFileSync(join(folder, 'manifest.jsonl'), lines.join('\n'));
  return folder;
}

async function survey(path: string, options: Partial<SurveyOptions> = {}) {
  const corpus = await openCorpus('c', path, {
    audioRoot: null,
    allowPipes: false,
    cacheFolder: join(tmpdir(), 'earshot-x'),
  });
  const found = await surveyCorpus(corpus, {
    name: 'c',
    languages: ['en-US'],
    defaultLanguage: null,
    limit: null,
    seed: 1,
    ...options,
  });
  const utterances: Utterance[] = [];
  for await (const utterance of found.selected()) utterances.push(utterance);
  return { ...found, utterances, ids: utterances.map(({ id }) => id) };
}

const hundred = Array.from({ length: 100 }, (_, index) => ({
  id: `u${index}`,
  // One speaker has half of all utterances.
  speaker: index % 2 === 0 ? 's0' : `s${1 + (index % 5)}`,
  duration: index % 4 === 0 ? 12 : 1,
}));

describe('a survey chooses', () => {
  it('the same utterances for the same seed, whatever their order', async () => {
    const [one, two] = [
      await survey(corpusOf(hundred), { limit: 10 }),
      await survey(corpusOf([...hundred].reverse()), { limit: 10 }),
    ];
    expect(one.ids).toHaveLength(10);
    expect([...two.ids].sort()).toEqual([...one.ids].sort());
    const other = await survey(corpusOf(hundred), { limit: 10, seed: 2 });
    expect(other.ids).not.toEqual(one.ids);
    expect(other.sha256).not.toBe(one.sha256);
  });

  it('speakers and durations in proportion when asked to', async () => {
    const shares = [];
    for (let seed = 0; seed < 20; seed++) {
      const { utterances } = await survey(corpusOf(hundred), { limit: 20, seed, stratify: ['speaker', 'duration'] });
      expect(utterances).toHaveLength(20);
      shares.push(utterances.filter(({ speaker }) => speaker === 's0').length);
    }
    // A simple random sample of 20 would stray by ±2.
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(9);
    expect(Math.max(...shares)).toBeLessThanOrEqual(11);
  });

  it('somebody else with another seed when there are more speakers than places', async () => {
    const speakers = Array.from({ length: 50 }, (_, index) => ({ id: `u${index}`, speaker: `s${index}` }));
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const { ids } = await survey(corpusOf(speakers), { limit: 5, seed, stratify: ['speaker'] });
      expect(ids).toHaveLength(5);
      for (const id of ids) seen.add(id);
    }
    expect(seen.size).toBe(50);
  });

  it('one channel of each recording, or several as utterances of their own that are resampled together', async () => {
    const path = corpusOf([{ id: 'a' }, { id: 'b' }]);
    const heard = async (channels: SurveyOptions['channels'] & {}) =>
      (await survey(path, { channels })).utterances.map(({ id, audio, sentence }) => [id, audio.channel, sentence]);
    expect(await heard([1])).toEqual([
      ['a', 1, null],
      ['b', 1, null],
    ]);
    expect(await heard([0, 1])).toEqual([
      ['a#0', 0, 'a'],
      ['a#1', 1, 'a'],
      ['b#0', 0, 'b'],
      ['b#1', 1, 'b'],
    ]);
    const digests = [await survey(path), await survey(path, { channels: [0] }), await survey(path, { channels: [1] })];
    expect(new Set(digests.map(({ sha256 }) => sha256)).size).toBe(3);
  });

  it('rows that pass the filter', async () => {
    const folder = corpusOf([
      { id: 'a', gender: 'female', duration: 1 },
      { id: 'b', gender: 'male', duration: 1 },
      { id: 'c', gender: 'female', duration: 30 },
      { id: 'd', duration: 1 },
    ]);
    expect((await survey(folder, { where: { gender: 'female', maxSeconds: 20 } })).ids).toEqual(['a']);
    expect((await survey(folder, { where: { gender: ['female', 'male'] } })).ids).toEqual(['a', 'b', 'c']);
  });

  it('by durations that only the audio knows', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-lengths-'));
    for (let index = 0; index < 20; index++) {
      // A quarter of the clips is long.
      const samples = new Float32Array(index % 4 === 0 ? 48_000 : 8000);
      writeFileSync(join(folder, `${index}.wav`), writeWav(samples, 16_000));
      writeFileSync(join(folder, `${index}.txt`), 'word');
    }
    writeFileSync(join(folder, 'broken.wav'), 'no audio');
    writeFileSync(join(folder, 'broken.txt'), 'word');
    const short = await survey(folder, { where: { maxSeconds: 1 } });
    expect({ ids: short.ids.length, rejected: short.rejected.count }).toEqual({ ids: 15, rejected: 1 });
    for (let seed = 0; seed < 5; seed++) {
      const { utterances, rejected } = await survey(folder, { limit: 4, seed, stratify: ['duration'] });
      expect(utterances.map(({ durationSeconds }) => durationSeconds).sort()).toEqual([0.5, 0.5, 0.5, 3]);
      expect(rejected.count).toBe(1);
    }
  });

  it('rows of a language: by tag, by the beginning of a tag, by a stand-in, by the default', async () => {
    const folder = corpusOf([
      { id: 'own', lang: 'pt-BR' },
      { id: 'bare', lang: 'de' },
      { id: 'norwegian', lang: 'no' },
      { id: 'other', lang: 'fr-FR' },
      { id: 'silent', lang: '' },
      { id: 'named', lang: 'German' },
    ]);
    const languages = ['pt-BR', 'pt-PT', 'de-DE', 'nb-NO', 'en-US'];
    const { utterances, otherTags } = await survey(folder, {
      languages,
      standIns: { 'pt-PT': 'pt-BR' },
      defaultLanguage: 'en-US',
    });
    expect(utterances.map(({ id, language }) => [id, language])).toEqual([
      ['own', 'pt-BR'],
      ['own', 'pt-PT'],
      ['bare', 'de-DE'],
      ['norwegian', 'nb-NO'],
      ['silent', 'en-US'],
      ['named', 'de-DE'],
    ]);
    expect([...otherTags]).toEqual([['fr-FR', 1]]);
  });

  it('rows without a language where the sweep has one, but not where it has several', async () => {
    const folder = corpusOf([{ id: 'silent', lang: '' }]);
    expect((await survey(folder, { languages: ['de-DE'] })).utterances[0]!.language).toBe('de-DE');
    const { ids, otherTags } = await survey(folder, { languages: ['en-US', 'de-DE'], standIns: { 'de-DE': 'de-AT' } });
    expect({ ids, otherTags: [...otherTags] }).toEqual({ ids: [], otherTags: [['', 1]] });
  });
});

describe('a survey rejects', () => {
  it('each bad row with its place and a remedy, counts them, and keeps the others', async () => {
    const folder = corpusOf([
      { id: 'good' },
      { id: 'good' },
      { id: 'gone', audio_filepath: 'gone.wav' },
      { id: 'empty', audio_filepath: 'empty.wav' },
      { id: 'circle', audio_filepath: 'circle.wav' },
      { id: 'outside', audio_filepath: '../outside.wav' },
      { id: 'days', duration: 1e9 },
      { id: 'also good' },
    ]);
    writeFileSync(join(folder, 'empty.wav'), '');
    symlinkSync('circle.wav', join(folder, 'circle.wav'));
    const { rejected, ids } = await survey(folder);
    expect(ids).toEqual(['good', 'also good']);
    expect(rejected.count).toBe(6);
    expect(rejected.first).toEqual({
      where: join(folder, 'manifest.jsonl:2'),
      reason: 'utterance id "good" stands on two rows; make ids unique',
    });
  });

  it('no clip for having the name of one in another folder, where rows have no ids', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-names-'));
    for (const speaker of ['ann', 'bob']) {
      mkdirSync(join(folder, speaker));
      copyFileSync(clip, join(folder, speaker, '1.wav'));
    }
    const paths = ['ann/1.wav', './bob/1.wav', join(folder, 'bob/1.wav')];
    const manifest = paths.map((path) =>
      JSON.stringify({ audio_filepath: path, duration: 0.3, text: 'x', lang: 'en-US' }),
    );
    writeFileSync(join(folder, 'manifest.jsonl'), manifest.join('\n'));
    writeFileSync(join(folder, 'own.csv'), ['path,text,lang', ...paths.map((path) => `${path},x,en-US`)].join('\n'));
    expect((await survey(folder)).ids).toEqual(['ann/1', 'bob/1', '1']);
    expect((await survey(join(folder, 'own.csv'))).ids).toEqual(['ann/1', 'bob/1', '1']);
  });

  it('a duration that is no number, and a table in UTF-16 that does not say so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-odd-'));
    copyFileSync(clip, join(folder, 'a.wav'));
    const text = 'path,text,lang,duration\na.wav,x,en-US,soon\n';
    writeFileSync(join(folder, 'own.csv'), text);
    expect((await survey(join(folder, 'own.csv'))).rejected.first?.reason).toBe(
      'duration: "soon" is no number of seconds above 0; correct it',
    );
    writeFileSync(join(folder, 'endless.csv'), text.replace('soon', 'Infinity'));
    expect((await survey(join(folder, 'endless.csv'))).rejected.first?.reason).toMatch(/^duration: "Infinity" is no/);
    writeFileSync(join(folder, 'wide.csv'), Buffer.from(text, 'utf16le'));
    await expect(survey(join(folder, 'wide.csv'))).rejects.toThrow(/is UTF-16 without a byte order mark.*iconv/);
  });

  it('words beside audio in an encoding that cannot be told, and reads those whose mark tells', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-words-'));
    const [bigEndian, wide] = [Buffer.from('\uFEFFgrün', 'utf16le').swap16(), Buffer.from('\uFEFF\0g\0', 'utf16le')];
    const words = {
      be: bigEndian,
      le: Buffer.from('\uFEFFgrün', 'utf16le'),
      bare: Buffer.from('grn', 'utf16le'),
      wide,
    };
    for (const [name, bytes] of Object.entries(words)) {
      copyFileSync(clip, join(folder, `${name}.wav`));
      writeFileSync(join(folder, `${name}.txt`), bytes);
    }
    const { utterances, rejected } = await survey(folder, { defaultLanguage: 'en-US' });
    expect(utterances.map(({ id, reference }) => [id, reference])).toEqual([
      ['be', 'grün'],
      ['le', 'grün'],
    ]);
    expect(rejected).toMatchObject({ count: 2, first: { where: join(folder, 'bare.txt') } });
  });

  it('audio that was restored no longer', async () => {
    const folder = corpusOf([{ id: 'u', audio_filepath: 'later.wav' }]);
    expect((await survey(folder)).rejected.count).toBe(1);
    copyFileSync(clip, join(folder, 'later.wav'));
    expect((await survey(folder)).rejected.count).toBe(0);
  });

  it('nothing of a linked folder that leads in a circle', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-circle-'));
    copyFileSync(clip, join(folder, 'a.wav'));
    writeFileSync(join(folder, 'a.txt'), 'one');
    symlinkSync(folder, join(folder, 'again'));
    const { ids, rejected } = await survey(folder, { defaultLanguage: 'en-US' });
    expect({ ids, rejected: rejected.count }).toEqual({ ids: ['a'], rejected: 0 });
  });
});

describe('a survey tells', () => {
  it('durations that only the audio knows, and slices to look at results by', async () => {
    const { utterances, languages } = await survey(join(fixtures, 'librispeech'));
    expect(utterances.map(({ durationSeconds }) => durationSeconds)).toEqual([0.3, 0.3]);
    expect(utterances[0]!.attributes).toMatchObject({
      gender: 'male',
      durationBucket: 'under 2 s',
      wordsPerSecond: 6.7,
    });
    expect(languages.get('en-US')).toMatchObject({ utterances: 2, audioSeconds: 0.6 });
  });

  it.runIf(hasFfmpeg())('durations that no header knows', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-foreign-'));
    writeFileSync(join(folder, 'memo.txt'), 'one');
    spawnSync('ffmpeg', ['-v', 'error', '-i', clip, join(folder, 'memo.caf')]);
    writeFileSync(join(folder, 'noise.amr'), '#!AMR nothing else');
    writeFileSync(join(folder, 'noise.txt'), 'two');
    const { utterances, rejected } = await survey(folder);
    expect(utterances.map(({ id, durationSeconds }) => [id, durationSeconds])).toEqual([['memo', 0.3]]);
    expect(rejected.first).toMatchObject({
      where: join(folder, 'noise.amr'),
      reason: expect.stringMatching(/utterance noise: .*noise\.amr \(AMR\) cannot be decoded by ffmpeg/) as string,
    });
  });

  it('loudness, clipping and noise where that is asked for', async () => {
    const { utterances } = await survey(corpusOf([{ id: 'u' }]), { measure: true });
    expect(utterances[0]!.attributes).toMatchObject({
      loudnessDbfs: expect.closeTo(-23.8, 0) as number,
      clippedShare: 0,
    });
  });

  it('embedded audio again when its cache was emptied', async () => {
    const cacheFolder = mkdtempSync(join(tmpdir(), 'earshot-cache-'));
    const corpus = await openCorpus('c', join(fixtures, 'parquet'), {
      audioRoot: null,
      allowPipes: false,
      cacheFolder,
    });
    const options = { name: 'c', languages: ['de-DE'], defaultLanguage: 'de-DE', limit: null, seed: 1 };
    const found = await surveyCorpus(corpus, options);
    for (const round of [1, 2]) {
      const paths = [];
      for await (const { audio } of found.selected()) paths.push(audio.path);
      expect(paths, `round ${round}`).toHaveLength(2);
      for (const path of paths) rmSync(path);
    }
  });

  it('paths that allowed folders hold', async () => {
    const folder = corpusOf([{ id: 'u' }]);
    mkdirSync(join(folder, 'lists'));
    const row = { audio_filepath: '../a.wav', duration: 0.3, text: 'x', lang: 'en-US' };
    writeFileSync(join(folder, 'lists/manifest.jsonl'), JSON.stringify(row));
    const open = (audioRoot: string | null) =>
      openCorpus('c', join(folder, 'lists'), { audioRoot, allowPipes: false, cacheFolder: folder });
    const options = { name: 'c', languages: ['en-US'], defaultLanguage: null, limit: null, seed: 1 };
    expect((await surveyCorpus(await open(null), options)).rejected.first?.reason).toMatch(/outside .*audioRoot/);
    expect((await surveyCorpus(await open(folder), options)).rejected.count).toBe(0);
  });
});
