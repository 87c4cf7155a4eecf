import { UserError } from '../errors.ts';
import { checkChannel, type DecodedAudio } from './wav.ts';

/** What the decoders of all compressed formats return. */
interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
}

/** Decodes MP3 without the silence that encoders put around it, where the file says how much that is. */
export async function readMp3(bytes: Buffer, path: string, channel: number | null): Promise<DecodedAudio> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    return mix(decoder.decode(bytes), path, 'MP3', channel);
  } finally {
    decoder.free();
  }
}

/** Decodes Ogg with Vorbis or Opus inside; `null` for anything else inside. */
export async function readOgg(bytes: Buffer, path: string, channel: number | null): Promise<DecodedAudio | null> {
  const kind = bytes.toString('latin1', 28, 36);
  if (kind === 'OpusHead') return readWith(await openOpus(), bytes, path, 'Opus', channel);
  return kind.startsWith('\x01vorbis') ? readWith(await openVorbis(), bytes, path, 'Vorbis', channel) : null;
}

interface FileDecoder {
  readonly ready: Promise<void>;
  decodeFile(bytes: Uint8Array): Promise<Decoded>;
  free(): void;
}

async function openOpus(): Promise<FileDecoder> {
  const { OggOpusDecoder } = await import('ogg-opus-decoder');
  return new OggOpusDecoder();
}

async function openVorbis(): Promise<FileDecoder> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  return new OggVorbisDecoder();
}

async function readWith(
  decoder: FileDecoder,
  bytes: Buffer,
  path: string,
  format: string,
  channel: number | null,
): Promise<DecodedAudio> {
  await decoder.ready;
  try {
    return mix(await decoder.decodeFile(bytes), path, format, channel);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path} is a damaged ${format} file (${(error as Error).message}); fetch or record it again`);
  } finally {
    decoder.free();
  }
}

function mix(decoded: Decoded, path: string, format: string, channel: number | null): DecodedAudio {
  const { channelData, samplesDecoded, sampleRate } = decoded;
  if (samplesDecoded === 0)
    throw new UserError(`${path} is a damaged ${format} file without any samples; fetch or record it again`);
  checkChannel(channel, channelData.length, path);
  const heard = channel === null ? channelData : [channelData[channel]!];
  const samples = new Float32Array(samplesDecoded);
  for (const data of heard) {
    for (let at = 0; at < samplesDecoded; at++) samples[at]! += data[at]! / heard.length;
  }
  return { samples, sampleRate };
}
