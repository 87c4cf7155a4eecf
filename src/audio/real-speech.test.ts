import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeFile } from './decode-file.ts';
import { WHOLE } from './wav.ts';

/** Recorded speech in many formats, which lies beside a checkout and is not part of it. */
const speech = fileURLToPath(new URL('../../../shared/speech', import.meta.url));
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

interface Row {
  readonly id: string;
  readonly file: string;
  readonly channels: number;
}

const manifest = join(speech, 'manifest.jsonl');
const rows = existsSync(manifest)
  ? readFileSync(manifest, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row)
  : [];

/** The same file by ffmpeg, its channels averaged. */
function byFfmpeg(path: string, channels: number): Float32Array {
  const headerless = path.endsWith('.raw') ? ['-f', 's16le', '-ar', '16000', '-ac', '1'] : [];
  const args = ['-v', 'quiet', ...headerless, '-i', path, '-f', 'f32le', '-c:a', 'pcm_f32le', '-'];
  const { stdout } = spawnSync('ffmpeg', args, { maxBuffer: 2 ** 28 });
  const interleaved = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  return Float32Array.from({ length: interleaved.length / channels }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += interleaved[frame * channels + channel]!;
    return sum / channels;
  });
}

const lacking = [rows.length === 0 && `recordings in ${manifest}`, !hasFfmpeg && 'ffmpeg'].filter(Boolean);
if (lacking.length > 0)
  process.stderr.write(`real recordings are not compared with ffmpeg: there is no ${lacking.join(', no ')}\n`);

describe.skipIf(lacking.length > 0)('real recordings are heard as ffmpeg hears them, within 1e-4', () => {
  it.each(rows)('$id', async ({ file, channels }) => {
    const path = join(speech, file);
    const { samples } = await decodeFile(path, WHOLE);
    const expected = byFfmpeg(path, channels);
    expect(samples.length).toBe(expected.length);
    let worst = 0;
    for (const [at, sample] of samples.entries()) worst = Math.max(worst, Math.abs(sample - expected[at]!));
    expect(worst).toBeLessThan(1e-4);
  });
});
