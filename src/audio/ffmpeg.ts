import { spawn } from 'node:child_process';
import { UserError } from '../errors.ts';
import { readWav, type DecodedAudio, type WantedPart } from './wav.ts';

/**
 * Decodes whatever ffmpeg knows, at its own rate and with its own channels, so that mixing and resampling are ours.
 * @param format what the file is, for messages.
 * @throws UserError when ffmpeg is not installed or cannot decode the file.
 */
export async function decodeWithFfmpeg(path: string, format: string, wanted: WantedPart): Promise<DecodedAudio> {
  const { offsetSeconds, durationSeconds, channel } = wanted;
  const part = [
    ...(offsetSeconds > 0 ? ['-ss', String(offsetSeconds)] : []),
    ...(durationSeconds === null ? [] : ['-t', String(durationSeconds)]),
  ];
  // Seeking behind the input decodes all that is before it, and is exact in every format.
  const input = ['-nostdin', '-v', 'error', '-i', path, ...part, '-map', '0:a:0', '-map_metadata', '-1'];
  const { code, stdout, stderr } = await run([...input, '-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'], path, format);
  if (code !== 0 || stdout.length < 44) {
    const reason = stderr.trim().split('\n').at(-1) ?? '';
    throw new UserError(`${path} (${format}) cannot be decoded by ffmpeg: ${reason || 'no audio in it'}`);
  }
  return readWav(stdout, path, { offsetSeconds: 0, durationSeconds: null, channel });
}

interface Ended {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function run(args: readonly string[], path: string, format: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'ENOENT' ? 'needs ffmpeg, which is not installed' : `cannot start ffmpeg (${error.message})`;
      reject(new UserError(`${path} is ${format} and ${reason}; install ffmpeg or convert the file to WAV or FLAC`));
    });
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(chunks), stderr }));
  });
}
