import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { headerOfBytes } from './audio-header.ts';
import { isFlacCut } from './flac-end.ts';
import { whiteNoise } from './probe-signals.ts';
import { writeWav } from './write-wav.ts';

const corpus = fileURLToPath(new URL('../../datasets/spoken-commands/audio/', import.meta.url));
const clips = readdirSync(corpus).filter((name) => name.endsWith('.flac'));
const folder = mkdtempSync(join(tmpdir(), 'earshot-flac-end-'));
afterAll(() => rmSync(folder, { recursive: true }));

function isCut(file: Buffer): boolean {
  return isFlacCut({ size: file.length, read: (at, length) => file.subarray(at, at + length) });
}

/** Length of the longest beginning of a file that is told as cut: there its last frame's header begins, or ends. */
function lastFrameAt(file: Buffer): number {
  let [cut, whole] = [0, file.length];
  while (whole - cut > 1) {
    const middle = (cut + whole) >> 1;
    if (isCut(file.subarray(0, middle))) cut = middle;
    else whole = middle;
  }
  return cut;
}

test('whole files are whole', () => {
  for (const clip of clips) expect(isCut(readFileSync(join(corpus, clip))), clip).toBe(false);
});

test.each([128, 4096, 60_000])('%i bytes behind the last frame do not make a file cut', (count) => {
  for (const clip of clips) {
    const file = Buffer.concat([readFileSync(join(corpus, clip)), Buffer.alloc(count)]);
    expect(isCut(file), clip).toBe(false);
  }
});

/** Encoded by the reference encoder: blocks of many sizes, several rates, widths and channels, noise and silence. */
test.runIf(spawnSync('flac', ['--version']).status === 0).each([
  ['-5', 16_000, 1],
  ['-8', 44_100, 3],
  ['--blocksize=192', 8000, 1],
  ['--blocksize=4000', 48_000, 2],
  ['--blocksize=16', 16_000, 0.2],
  ['--blocksize=65535', 16_000, 4],
])('files that end before their last frame are cut, with %s at %i Hz', (option, sampleRate, seconds) => {
  const wav = join(folder, 'a.wav');
  const samples = whiteNoise(Math.round(seconds * sampleRate * 1.01), 1);
  writeFileSync(wav, writeWav(samples, sampleRate));
  const encoded = join(folder, 'a.flac');
  spawnSync('flac', ['-s', '-f', option, '--lax', '-o', encoded, wav]);
  const file = readFileSync(encoded);
  expect(isCut(file)).toBe(false);
  expect(headerOfBytes(file)?.problem).toBeNull();
  const last = lastFrameAt(file);
  fc.assert(
    fc.property(fc.integer({ min: 4, max: last }), (length) => {
      expect(isCut(file.subarray(0, length))).toBe(true);
    }),
    { numRuns: 200 },
  );
  expect(headerOfBytes(file.subarray(0, last))?.problem).toBe(
    'is truncated: its last frame is not that of its last samples',
  );
});

test('a file that promises no number of samples passes', () => {
  const file = Buffer.from(readFileSync(join(corpus, clips[0]!)));
  file[21]! &= 0xf0;
  file.writeUInt32BE(0, 22);
  expect(isCut(file.subarray(0, 5000))).toBe(false);
});
