import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headerOfBytes } from './audio-header.ts';
import { decodeFile } from './decode-file.ts';
import { tone } from './probe-signals.ts';
import { WHOLE } from './wav.ts';
import { writeWav } from './write-wav.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-ends-'));
const samples = tone(16_000, 440);
const wav = join(folder, 'tone.wav');
writeFileSync(wav, writeWav(samples, 16_000));

function sphere(coding: string): Buffer {
  const fields = ['sample_count -i 16000', 'sample_n_bytes -i 2', 'channel_count -i 1', 'sample_rate -i 16000'];
  const header = [
    'NIST_1A',
    '   1024',
    ...fields,
    'sample_byte_format -s2 01',
    `sample_coding ${coding}`,
    'end_head\n',
  ];
  return Buffer.concat([Buffer.from(header.join('\n').padEnd(1024)), readFileSync(wav).subarray(44)]);
}

function problemOf(bytes: Buffer): string | null {
  return headerOfBytes(bytes)!.problem;
}

describe.runIf(spawnSync('ffmpeg', ['-version']).status === 0)('a file that says where it ends', () => {
  it.each([
    ['aiff'],
    ['au'],
    ['w64'],
    ['caf'],
    ['mka'],
    ['webm'],
    ['m4a'],
    ['mp4', '-movflags', 'faststart'],
    ['rf64.wav', '-rf64', 'always'],
  ])('is whole or was cut: %s', async (extension, ...args) => {
    const path = join(folder, `tone.${extension}`);
    spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', wav, ...args, path]);
    const whole = readFileSync(path);
    expect(problemOf(whole)).toBeNull();
    expect((await decodeFile(path, WHOLE)).samples.length).toBeGreaterThan(15_000);
    writeFileSync(path, whole.subarray(0, -100));
    expect(problemOf(readFileSync(path))).toMatch(/^is truncated: \d+ bytes .*promised, \d+ are there$/);
    await expect(decodeFile(path, WHOLE)).rejects.toThrow(/tone\.\S+ is truncated: /);
  });

  it.each([['webm'], ['caf'], ['aiff']])('does not say so when it was written into a pipe: %s', (format) => {
    const { stdout } = spawnSync('ffmpeg', ['-v', 'error', '-i', wav, '-f', format, 'pipe:1']);
    expect(problemOf(stdout)).toBeNull();
  });
});

it("NIST's header tells how many samples follow, unless they are compressed", () => {
  expect(problemOf(sphere('-s3 pcm'))).toBeNull();
  expect(problemOf(sphere('-s3 pcm').subarray(0, -2))).toBe('is truncated: 33024 bytes are promised, 33022 are there');
  expect(problemOf(sphere('-s26 pcm,embedded-shorten-v2.00').subarray(0, 9000))).toBeNull();
});
