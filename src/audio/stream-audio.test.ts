import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeAudio } from './decode-audio.ts';
import { streamAudio } from './stream-audio.ts';
import { writeWav } from './write-wav.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-stream-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A little over ten minutes, at which a recording counts as long. */
const wav = join(folder, 'long.wav');
const RATE = 8000;
const long = Float32Array.from({ length: Math.round(601.3 * RATE) }, (_, n) => Math.sin(n * (0.1 + n * 1e-8)) / 2);
writeFileSync(wav, writeWav(long, RATE));

async function gather(path: string, offsetSeconds = 0, durationSeconds: number | null = null) {
  const source = { path, offsetSeconds, durationSeconds };
  const audio = await streamAudio(source);
  const pieces: Float32Array[] = [];
  for await (const piece of audio.pieces) pieces.push(piece);
  const whole = await decodeAudio(source);
  return { pieces, streamed: Buffer.concat(pieces.map((piece) => Buffer.from(piece.slice().buffer))), audio, whole };
}

describe('audio that is read piece by piece', () => {
  it.each<[number, number | null]>([
    [0, null],
    [0.7, 600.55],
  ])('is the whole sample by sample, from %d s for %s s', async (offset, duration) => {
    const { pieces, streamed, audio, whole } = await gather(wav, offset, duration);
    expect(pieces.length).toBeGreaterThan(10);
    expect(streamed.equals(Buffer.from(whole.samples.slice().buffer))).toBe(true);
    expect(audio.heard()).toEqual({ durationSeconds: whole.durationSeconds, sha256: whole.sha256 });
  });

  it('is decoded at once when it is short', async () => {
    const { pieces, audio, whole } = await gather(wav, 3, 2);
    expect(pieces.map(({ length }) => length)).toEqual([32_000]);
    expect(audio.heard().sha256).toBe(whole.sha256);
  });

  it.runIf(spawnSync('ffmpeg', ['-version']).status === 0)('may be compressed', async () => {
    const flac = join(folder, 'long.flac');
    spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', wav, flac]);
    const { pieces, audio, whole } = await gather(flac);
    expect(pieces.length).toBeGreaterThan(10);
    expect(audio.heard()).toEqual({ durationSeconds: whole.durationSeconds, sha256: whole.sha256 });
  });

  it.runIf(spawnSync('ffmpeg', ['-version']).status === 0)('is refused at its end when a part is missing', async () => {
    const flac = join(folder, 'whole.flac');
    spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', wav, flac]);
    const whole = readFileSync(flac);
    const cut = join(folder, 'cut.flac');
    writeFileSync(cut, Buffer.concat([whole.subarray(0, whole.length / 4), whole.subarray((3 * whole.length) / 4)]));
    const { pieces } = await streamAudio({ path: cut, offsetSeconds: 0, durationSeconds: null });
    let heard = 0;
    const readAll = async () => {
      for await (const piece of pieces) heard += piece.length;
    };
    await expect(readAll()).rejects.toThrow(
      /cut\.flac is truncated: 601\.3 s of it are promised, \d+\.\d s are there; fetch it again$/,
    );
    expect(heard / 16_000).toBeCloseTo(300, -1);
  });

  it('is explained as ever when it is not there', async () => {
    await expect(
      streamAudio({ path: join(folder, 'no.wav'), offsetSeconds: 0, durationSeconds: null }),
    ).rejects.toThrow('there is no audio file');
  });
});
