import type { RandomBytes } from './random-bytes.ts';

/** kbit/s by the index in a frame's header: MPEG 1, then MPEG 2 and 2.5. */
const bitRates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;

const sampleRates = [44_100, 48_000, 32_000] as const;

interface Frame {
  readonly bytes: number;
  readonly samples: number;
  readonly sampleRate: number;
  /** Where a `Xing` or `Info` tag would stand in it. */
  readonly tagAt: number;
}

/** Length of a window that frames are read from; a file is never in memory whole. */
const WINDOW = 1 << 20;

interface Mp3Length {
  /** `null` when there is no frame. */
  readonly seconds: number | null;
  /** Whether less is there than the last frame needs. */
  readonly isCut: boolean;
}

/** Adds up the frames of an MP3, or takes their number from its first one. */
export function lengthOfMp3(bytes: RandomBytes): Mp3Length {
  const start = afterTags(bytes);
  let window = bytes.read(start, WINDOW);
  let windowAt = start;
  let samples = 0;
  let sampleRate = 0;
  let isCut = false;
  for (let at = start; at + 4 <= bytes.size;) {
    if (at + 256 > windowAt + window.length && windowAt + window.length < bytes.size) {
      window = bytes.read(at, WINDOW);
      windowAt = at;
    }
    const frame = readFrame(window, at - windowAt);
    if (frame === null) {
      // Damage or a tag at the end: frames begin again where their mark does.
      at++;
      continue;
    }
    if (sampleRate === 0) {
      sampleRate = frame.sampleRate;
      const stated = statedLength(window, at - windowAt, frame);
      // Where less seems to be there than stated the frames tell: some encoders count the tags before them in.
      if (stated !== null && at + stated.bytes <= bytes.size) {
        return { seconds: stated.samples / sampleRate, isCut: false };
      }
    }
    samples += frame.samples;
    at += frame.bytes;
    isCut = at > bytes.size;
  }
  return { seconds: sampleRate === 0 ? null : samples / sampleRate, isCut };
}

function afterTags(bytes: RandomBytes): number {
  const head = bytes.read(0, 10);
  if (head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = ((head[6]! & 127) << 21) | ((head[7]! & 127) << 14) | ((head[8]! & 127) << 7) | (head[9]! & 127);
  return 10 + size;
}

function readFrame(window: Buffer, at: number): Frame | null {
  if (at + 4 > window.length || window[at] !== 0xff || (window[at + 1]! & 0xe0) !== 0xe0) return null;
  const version = (window[at + 1]! >> 3) & 3;
  const isLayer3 = ((window[at + 1]! >> 1) & 3) === 1;
  const rateIndex = (window[at + 2]! >> 2) & 3;
  const bitRate = bitRates[version === 3 ? 0 : 1][window[at + 2]! >> 4];
  if (version === 1 || !isLayer3 || rateIndex === 3 || !bitRate) return null;
  const isFirst = version === 3;
  const sampleRate = sampleRates[rateIndex as 0 | 1 | 2] / (isFirst ? 1 : version === 2 ? 2 : 4);
  const samples = isFirst ? 1152 : 576;
  const padding = (window[at + 2]! >> 1) & 1;
  const isMono = window[at + 3]! >> 6 === 3;
  const sideBytes = isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  return {
    bytes: Math.floor((samples / 8) * ((bitRate * 1000) / sampleRate)) + padding,
    samples,
    sampleRate,
    tagAt: 4 + sideBytes,
  };
}

/**
 * An encoder's first frame may say how many follow, how many bytes that is in all (0 where it does not), and how many
 * samples at both ends are not to be heard.
 */
function statedLength(
  window: Buffer,
  at: number,
  frame: Frame,
): { readonly samples: number; readonly bytes: number } | null {
  const tag = window.subarray(at + frame.tagAt, at + frame.tagAt + 160);
  const name = tag.toString('latin1', 0, 4);
  if ((name !== 'Xing' && name !== 'Info') || (tag[7]! & 1) === 0) return null;
  const samples = tag.readUInt32BE(8) * frame.samples;
  const flags = tag[7]!;
  const bytes = flags & 2 ? tag.readUInt32BE(12) : 0;
  const encoderAt = 12 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (tag.length < encoderAt + 24 || tag[encoderAt] === 0) return { samples, bytes };
  const delay = (tag[encoderAt + 21]! << 4) | (tag[encoderAt + 22]! >> 4);
  const padding = ((tag[encoderAt + 22]! & 15) << 8) | tag[encoderAt + 23]!;
  return { samples: Math.max(0, samples - delay - padding), bytes };
}
