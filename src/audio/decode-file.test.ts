import { spawnSync } from 'node:child_process';
import {
  readFileSync,
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { headerOfBytes, headerOfFile } from './audio-header.ts';
import { decodeAudio } from './decode-audio.ts';
import { decodeFile } from './decode-file.ts';
import { WHOLE } from './wav.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-decode-'));
afterAll(() => rmSync(folder, { recursive: true }));

const corpora = fileURLToPath(new URL('../corpora/__fixtures__', import.meta.url));
const stereoRate = 16_000;

/** A WAV of so many stereo frames, the left channel counting up and the right one silent. */
function stereo(frames: number): Buffer {
  const data = Buffer.alloc(frames * 4);
  for (let frame = 0; frame < frames; frame++) data.writeInt16LE(frame % 1000, frame * 4);
  return Buffer.concat([header('RIFF', data.length), data]);
}

function header(form: 'RIFF' | 'RF64', dataBytes: number): Buffer {
  const long = Buffer.alloc(36);
  long.write('ds64', 'latin1');
  long.writeUInt32LE(28, 4);
  long.writeBigUInt64LE(BigInt(dataBytes), 16);
  const format = Buffer.alloc(24);
  format.write('fmt ', 'latin1');
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(1, 8);
  format.writeUInt16LE(2, 10);
  format.writeUInt32LE(stereoRate, 12);
  format.writeUInt32LE(stereoRate * 4, 16);
  format.writeUInt16LE(4, 20);
  format.writeUInt16LE(16, 22);
  const data = Buffer.alloc(8);
  data.write('data', 'latin1');
  data.writeUInt32LE(form === 'RF64' ? 0xffffffff : dataBytes, 4);
  const start = Buffer.from(`${form}\0\0\0\0WAVE`, 'latin1');
  return Buffer.concat(form === 'RF64' ? [start, long, format, data] : [start, format, data]);
}

function written(name: string, content: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('decoding a file', () => {
  it('hears one channel or the mean of all', async () => {
    const path = written('stereo.wav', stereo(10));
    const mean = await decodeFile(path, WHOLE);
    const left = await decodeFile(path, { ...WHOLE, channel: 0 });
    const right = await decodeFile(path, { ...WHOLE, channel: 1 });
    expect([mean.samples[8], left.samples[8], right.samples[8]]).toEqual([4 / 32768, 8 / 32768, 0]);
    await expect(decodeFile(path, { ...WHOLE, channel: 2 })).rejects.toThrow(
      /has 2 channels, so there is no channel 2/,
    );
    const clip = await decodeAudio({ path, offsetSeconds: 0, durationSeconds: null, channel: 0 });
    expect(clip.samples[8]).toBe(8 / 32768);
  });

  it('reads a part of a recording of more than 4 GiB without reading the rest', async () => {
    const path = join(folder, 'huge.wav');
    const bytes = 5 * 2 ** 30;
    const file = openSync(path, 'w');
    const start = header('RF64', bytes);
    writeSync(file, start, 0, start.length, 0);
    ftruncateSync(file, start.length + bytes);
    const frame = Math.round(20_000.5 * stereoRate);
    writeSync(file, Buffer.from([0, 64, 0, 0]), 0, 4, start.length + frame * 4);
    closeSync(file);
    const before = process.memoryUsage().rss;
    const part = await decodeAudio({ path, offsetSeconds: 20_000, durationSeconds: 1 });
    expect(part.samples.indexOf(0.25)).toBe(stereoRate / 2);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
    await expect(decodeFile(path, WHOLE)).rejects.toThrow(
      /h of audio, which is too long for one utterance; give parts/,
    );
  });

  it.each([
    ['mp3', 'common-voice/de/clips/common_voice_de_1.mp3', 16_000],
    ['Opus', 'mls/mls_german/test/audio/10148/10119/10148_10119_000000.opus', 48_000],
    ['Vorbis', 'voxpopuli-annotations/de/2010/20100120-0900-PLENARY-3-de-20100120-090512_0.ogg', 16_000],
  ])('reads %s in this process', async (_, file, rate) => {
    const { samples, sampleRate } = await decodeFile(join(corpora, file), WHOLE);
    expect(sampleRate).toBe(rate);
    expect(samples.length / sampleRate).toBeCloseTo(0.3, 1);
    // The fixtures are tones of about a tenth of full scale.
    expect(Math.max(...samples)).toBeGreaterThan(0.05);
  });

  it.each([
    ['MP3', 'common-voice/de/clips/common_voice_de_1.mp3'],
    ['Opus', 'mls/mls_german/test/audio/10148/10119/10148_10119_000000.opus'],
    ['Vorbis', 'voxpopuli-annotations/de/2010/20100120-0900-PLENARY-3-de-20100120-090512_0.ogg'],
  ])('refuses %s that was cut anywhere behind its headers', async (_, file) => {
    const whole = readFileSync(join(corpora, file));
    expect(headerOfBytes(whole)?.problem).toBeNull();
    for (const left of [0.999, 0.9, 0.6]) {
      const cut = written('cut', whole.subarray(0, Math.floor(whole.length * left)));
      expect(headerOfFile(cut)?.problem).toMatch(/^is truncated: its (frames go|last page goes) on beyond its end$/);
      await expect(decodeFile(cut, WHOLE)).rejects.toThrow(/is truncated: .*; fetch it again/);
    }
  });

  it('takes .raw for 16-bit samples at 16 kHz', async () => {
    const path = written('x.raw', Buffer.from([0, 64, 0, 192]));
    const { samples, sampleRate } = await decodeFile(path, WHOLE);
    expect([[...samples], sampleRate]).toEqual([[0.5, -0.5], 16_000]);
  });

  it('says what to do where ffmpeg is needed and not installed', async () => {
    const path = written('x.aiff', Buffer.from('FORM\0\0\0\x08AIFFCOMM', 'latin1'));
    const unknown = written('x.heard', Buffer.from('nobody knows this', 'latin1'));
    const search = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      await expect(decodeFile(path, WHOLE)).rejects.toThrow(
        /is AIFF and needs ffmpeg, which is not installed; install ffmpeg/,
      );
      await expect(decodeFile(unknown, WHOLE)).rejects.toThrow(
        /x\.heard is of unknown format and needs ffmpeg, which is not installed/,
      );
    } finally {
      process.env['PATH'] = search;
    }
  });

  it.runIf(spawnSync('ffmpeg', ['-version']).status === 0)('reads what ffmpeg reads', async () => {
    const wav = written('tone.wav', stereo(16_000));
    const path = join(folder, 'tone.aiff');
    spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', wav, path]);
    expect((await decodeFile(path, WHOLE)).samples).toEqual((await decodeFile(wav, WHOLE)).samples);
    const misnamed = join(folder, 'tone.mp3');
    copyFileSync(path, misnamed);
    expect((await decodeFile(misnamed, WHOLE)).samples).toHaveLength(16_000);
    const strange = join(folder, 'tone.voc');
    spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', wav, strange]);
    expect((await decodeFile(strange, WHOLE)).samples).toHaveLength(16_000);
  });
});
