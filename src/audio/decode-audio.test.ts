import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import { decodeAudio } from './decode-audio.ts';
import { SampleDigest } from './sample-digest.ts';
import { writeWav } from './write-wav.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-audio-'));
afterAll(() => rmSync(folder, { recursive: true }));

const flacPath = fileURLToPath(new URL('./__fixtures__/mono-16.flac', import.meta.url));

function whole(path: string) {
  return decodeAudio({ path, offsetSeconds: 0, durationSeconds: null });
}

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('decoding audio', () => {
  test('gives 16 kHz, the duration and the digest of the samples', async () => {
    const clip = await whole(flacPath);
    expect(clip).toMatchObject({ sampleRate: 16_000, durationSeconds: 3000 / 16_000 });
    const bytes = Buffer.alloc(2 * clip.samples.length);
    for (const [i, sample] of clip.samples.entries()) bytes.writeInt16LE(Math.round(sample * 32_768), 2 * i);
    expect(clip.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test.each([8_000, 22_050, 44_100, 48_000])(
    'gives a clip of %d Hz and the WAV that is sent of it one digest',
    async (rate) => {
      const tone = Float32Array.from({ length: rate }, (_, i) => 0.7 * Math.sin((2 * Math.PI * 440.3 * i) / rate));
      const source = await whole(written(`${rate}.wav`, writeWav(tone, rate)));
      const sent = await whole(written(`${rate}-sent.wav`, writeWav(source.samples, source.sampleRate)));
      expect(sent.samples).not.toEqual(source.samples);
      expect(sent.sha256).toBe(source.sha256);
      const quieter = source.samples.map((sample) => sample * 0.999);
      expect(new SampleDigest().update(quieter).hex()).not.toBe(source.sha256);
    },
  );

  test('goes by content, not by name', async () => {
    const misnamed = written('song.mp3', readFileSync(flacPath));
    expect((await whole(misnamed)).sha256).toBe((await whole(flacPath)).sha256);
  });

  test('cuts a part out, whose digest is its own', async () => {
    const { samples } = await whole(flacPath);
    const part = await decodeAudio({ path: flacPath, offsetSeconds: 0.05, durationSeconds: 0.1 });
    expect(part.samples).toEqual(samples.subarray(800, 2400));
    expect(part.sha256).toBe(new SampleDigest().update(samples.slice(800, 2400)).hex());
    const rest = await decodeAudio({ path: flacPath, offsetSeconds: 0.1, durationSeconds: null });
    expect(rest.samples).toEqual(samples.subarray(1600));
  });

  test('forgives a duration that was rounded up, and no more', async () => {
    const rounded = await decodeAudio({ path: flacPath, offsetSeconds: 0, durationSeconds: 0.2 });
    expect(rounded.durationSeconds).toBe(0.1875);
    await expect(decodeAudio({ path: flacPath, offsetSeconds: 0, durationSeconds: 1 })).rejects.toThrow(
      'has 0.1875 s of audio, so the part from 0 s to 1 s is not in it',
    );
    await expect(decodeAudio({ path: flacPath, offsetSeconds: 2, durationSeconds: null })).rejects.toThrow(UserError);
  });

  test.each([
    ['nothing.wav', '', 'is empty'],
    ['notes.wav', 'these are words', 'is no audio, though it is called WAV; fetch or record it again'],
    ['notes', 'these are words', '(of unknown format) cannot be decoded by ffmpeg: '],
    ['a.ogg', 'OggS____________', '(Ogg) cannot be decoded by ffmpeg: '],
    ['a.m4a', '\0\0\0\x10ftypM4A ____', '(MP4) cannot be decoded by ffmpeg: '],
    ['a.mp3', Buffer.from([0xff, 0xfb, 0x90, 0]), 'is truncated: its frames go on beyond its end'],
    ['b.mp3', Buffer.from('ID3\x04\0\0\0\0\0\0 no frames', 'latin1'), 'is a damaged MP3 file without any samples'],
    ['a.aiff', 'FORM\0\0\0\x08AIFFCOMM', '(AIFF) cannot be decoded by ffmpeg: '],
  ])('says in one line what is wrong with %s', async (name, content, message) => {
    const error: unknown = await whole(written(name, content)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(message);
    expect((error as UserError).message).toContain(folder);
    expect((error as UserError).message).not.toContain('\n');
  });

  test('says that a file is not there', async () => {
    await expect(whole(join(folder, 'no.wav'))).rejects.toThrow(/^there is no audio file .*no\.wav$/);
  });
});
