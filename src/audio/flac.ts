import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import { FlacBits, FlacDamage } from './flac-bits.ts';
import { readFlacFrame, type FlacStreamInfo } from './flac-frames.ts';
import { checkChannel, type DecodedAudio } from './wav.ts';

interface StreamInfo extends FlacStreamInfo {
  /** 0 where the encoder did not know. */
  readonly totalSamples: number;
  /** MD5 of the samples; all zeros where the encoder did not know. */
  readonly md5: Buffer;
  readonly firstFrameAt: number;
}

/**
 * Decodes a FLAC of up to 24 bits per sample and proves the samples by the MD5 that the file carries, so a damaged file
 * is never heard as a shorter or noisier one.
 *
 * @throws UserError for a damaged or truncated file and for 32-bit samples; `path` serves messages.
 */
export function readFlac(bytes: Buffer, path: string, channel: number | null = null): DecodedAudio {
  try {
    const info = readStreamInfo(bytes);
    if (info.bitsPerSample > 24)
      throw new UserError(`${path} is a FLAC of ${info.bitsPerSample} bits; up to 24 are read`);
    const channels = readChannels(bytes, info);
    verify(channels, info);
    return { samples: mixDown(pick(channels, channel, path), info.bitsPerSample, path), sampleRate: info.sampleRate };
  } catch (error) {
    if (error instanceof FlacDamage)
      throw new UserError(`${path} is a damaged or truncated FLAC: ${error.message}; fetch or record it again`);
    throw error;
  }
}

function readStreamInfo(bytes: Buffer): StreamInfo {
  if (bytes.length < 42 || (bytes[4]! & 0x7f) !== 0) throw new FlacDamage('it has no stream information');
  const bits = new FlacBits(bytes, 18);
  const sampleRate = bits.unsigned(20);
  const channels = bits.unsigned(3) + 1;
  const bitsPerSample = bits.unsigned(5) + 1;
  const totalSamples = bits.unsigned(4) * 2 ** 32 + bits.unsigned(32);
  let at = 4;
  for (let isLast = false; !isLast;) {
    if (at + 4 > bytes.length) throw new FlacDamage('it ends before its first frame');
    isLast = (bytes[at]! & 0x80) !== 0;
    at += 4 + bytes.readUIntBE(at + 1, 3);
  }
  if (sampleRate === 0) throw new FlacDamage('it has no sample rate');
  return { sampleRate, channels, bitsPerSample, totalSamples, md5: bytes.subarray(26, 42), firstFrameAt: at };
}

/** Integer samples of the whole stream by channel. */
function readChannels(bytes: Buffer, info: StreamInfo): Int32Array[] {
  const blocks: Int32Array[][] = [];
  const bits = new FlacBits(bytes, info.firstFrameAt);
  let count = 0;
  while (info.totalSamples > 0 ? count < info.totalSamples : bits.position < bytes.length) {
    const block = readFlacFrame(bits, info);
    blocks.push(block);
    count += block[0]!.length;
  }
  return Array.from({ length: info.channels }, (_, channel) => {
    const samples = new Int32Array(count);
    let at = 0;
    for (const block of blocks) {
      samples.set(block[channel]!, at);
      at += block[channel]!.length;
    }
    return samples;
  });
}

function verify(channels: readonly Int32Array[], info: StreamInfo): void {
  if (info.md5.every((byte) => byte === 0)) return;
  const bytesPerSample = Math.ceil(info.bitsPerSample / 8);
  const frames = channels[0]!.length;
  const interleaved = Buffer.alloc(frames * channels.length * bytesPerSample);
  let at = 0;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      const sample = channel[frame]!;
      for (let byte = 0; byte < bytesPerSample; byte++) interleaved[at++] = sample >> (8 * byte);
    }
  }
  if (!createHash('md5').update(interleaved).digest().equals(info.md5)) {
    throw new FlacDamage('its samples do not have the MD5 that it states');
  }
}

function pick(channels: readonly Int32Array[], channel: number | null, path: string): readonly Int32Array[] {
  checkChannel(channel, channels.length, path);
  return channel === null ? channels : [channels[channel]!];
}

function mixDown(channels: readonly Int32Array[], bitsPerSample: number, path: string): Float32Array {
  const frames = channels[0]!.length;
  if (frames === 0) throw new UserError(`${path} has no samples; fetch or record it again`);
  const scale = 1 / (channels.length * 2 ** (bitsPerSample - 1));
  const samples = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (const channel of channels) sum += channel[frame]!;
    samples[frame] = sum * scale;
  }
  return samples;
}
