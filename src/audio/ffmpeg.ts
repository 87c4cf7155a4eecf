import { spawn, spawnSync } from 'node:child_process';
import { UserError } from '../errors.ts';
import { checkChannel, type DecodedAudio, type WantedPart } from './wav.ts';

/**
 * Decodes whatever ffmpeg knows, at its own rate and with its own channels, so that mixing and resampling are ours.
 * @param format what the file is, for messages.
 * @throws UserError when ffmpeg is not installed or cannot decode the file.
 */
export async function decodeWithFfmpeg(path: string, format: string, wanted: WantedPart): Promise<DecodedAudio> {
  const pieces: DecodedAudio[] = [];
  for await (const piece of streamWithFfmpeg(path, format, wanted)) pieces.push(piece);
  const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.samples.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece.samples, at);
    at += piece.samples.length;
  }
  return { samples, sampleRate: pieces[0]!.sampleRate };
}

let found: boolean | undefined;

export function hasFfmpeg(): boolean {
  found ??= spawnSync('ffmpeg', ['-version']).status === 0;
  return found;
}

/** The same piece by piece, so that a recording of hours is never in memory whole. Gives one piece at least. */
export async function* streamWithFfmpeg(
  path: string,
  format: string,
  { offsetSeconds, durationSeconds, channel }: WantedPart,
): AsyncGenerator<DecodedAudio> {
  const part = [
    ...(offsetSeconds > 0 ? ['-ss', String(offsetSeconds)] : []),
    ...(durationSeconds === null ? [] : ['-t', String(durationSeconds)]),
  ];
  // A list of addresses in the place of audio must not be followed. Seeking behind the input decodes all that is before
  // it, and is exact in every format.
  const input = [
    '-nostdin',
    '-v',
    'error',
    '-protocol_whitelist',
    'file,pipe',
    '-i',
    path,
    ...part,
    '-map',
    '0:a:0',
    '-map_metadata',
    '-1',
  ];
  const child = spawn('ffmpeg', [...input, '-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | NodeJS.ErrnoException | null>((resolve) => {
    child.on('error', resolve);
    child.on('close', resolve);
  });
  let layout: Layout | null = null;
  let isEmpty = true;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, chunk]);
      if (layout === null) {
        layout = layoutOf(rest);
        if (layout === null) continue;
        checkChannel(channel, layout.channels, path);
        rest = rest.subarray(layout.samplesAt);
      }
      const frames = Math.floor(rest.length / (4 * layout.channels));
      if (frames === 0) continue;
      yield { samples: mix(rest, frames, layout.channels, channel), sampleRate: layout.sampleRate };
      isEmpty = false;
      rest = rest.subarray(frames * 4 * layout.channels);
    }
  } finally {
    child.kill();
  }
  const end = await ended;
  if (end instanceof Error) {
    const reason =
      end.code === 'ENOENT' ? 'needs ffmpeg, which is not installed' : `cannot start ffmpeg (${end.message})`;
    throw new UserError(`${path} is ${format} and ${reason}; install ffmpeg or convert the file to WAV or FLAC`);
  }
  // `kill` above finds a process that has ended by itself, unless the reader of the pieces gave up.
  if (end !== 0 || isEmpty) {
    const reason = stderr.trim().split('\n').at(-1) ?? '';
    throw new UserError(`${path} (${format}) cannot be decoded by ffmpeg: ${reason || 'no audio in it'}`);
  }
}

interface Layout {
  readonly channels: number;
  readonly sampleRate: number;
  readonly samplesAt: number;
}

/** Reads the header that ffmpeg writes, whose format chunk comes first; `null` while its end is not there yet. */
function layoutOf(bytes: Buffer): Layout | null {
  const data = bytes.indexOf('data', 36, 'latin1');
  if (data === -1 || bytes.length < data + 8) return null;
  return { channels: bytes.readUInt16LE(22), sampleRate: bytes.readUInt32LE(24), samplesAt: data + 8 };
}

function mix(bytes: Buffer, frames: number, channels: number, channel: number | null): Float32Array {
  const samples = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    const at = 4 * channels * frame;
    if (channel !== null) samples[frame] = bytes.readFloatLE(at + 4 * channel);
    else {
      let sum = 0;
      for (let index = 0; index < channels; index++) sum += bytes.readFloatLE(at + 4 * index);
      samples[frame] = sum / channels;
    }
  }
  return samples;
}
