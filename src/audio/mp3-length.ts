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
  /** Whether less is there than its first frame states or, where that states nothing, than its last frame needs. */
  readonly isCut: boolean;
}

/** Takes the length of an MP3 from its first frame, or adds up its frames. */
export function lengthOfMp3(bytes: RandomBytes): Mp3Length {
  let sampleRate = 0;
  let stated: StatedLength | null = null;
  let samples = 0;
  let wholeFrames = 0;
  let end = 0;
  for (const { at, frame, head } of framesOf(bytes)) {
    if (sampleRate === 0) {
      sampleRate = frame.sampleRate;
      stated = statedLength(head, frame);
      if (stated !== null) {
        const isThere = stated.bytes > 0 && at + stated.bytes <= bytes.size;
        if (isThere) return { seconds: stated.samples / sampleRate, isCut: false };
        // Some encoders count the tags before the frames in, or no bytes, so the frames tell; this one has no sound.
        continue;
      }
    }
    samples += frame.samples;
    end = at + frame.bytes;
    if (end <= bytes.size) wholeFrames++;
  }
  if (sampleRate === 0) return { seconds: null, isCut: false };
  const isCut = stated === null ? end > bytes.size || hasRest(bytes, end) : wholeFrames < stated.frames;
  return { seconds: (stated === null || isCut ? samples : stated.samples) / sampleRate, isCut };
}

/** Whether a frame begins at `end` of which not even the header is whole. */
function hasRest(bytes: RandomBytes, end: number): boolean {
  return bytes.size - end < 4 && bytes.read(end, 1)[0] === 0xff;
}

interface FoundFrame {
  readonly at: number;
  readonly frame: Frame;
  /** Its first bytes, as far as a tag in it may reach. */
  readonly head: Buffer;
}

/** Most bytes of a frame that are looked at. */
const HEAD_BYTES = 256;

function* framesOf(bytes: RandomBytes): Generator<FoundFrame> {
  let windowAt = afterTags(bytes);
  let window = bytes.read(windowAt, WINDOW);
  for (let at = windowAt; at + 4 <= bytes.size;) {
    if (at + HEAD_BYTES > windowAt + window.length && windowAt + window.length < bytes.size) {
      window = bytes.read(at, WINDOW);
      windowAt = at;
    }
    const head = window.subarray(at - windowAt, at - windowAt + HEAD_BYTES);
    const frame = readFrame(head);
    if (frame !== null) yield { at, frame, head };
    // Damage or a tag at the end: frames begin again where their mark does.
    at += frame?.bytes ?? 1;
  }
}

function afterTags(bytes: RandomBytes): number {
  const head = bytes.read(0, 10);
  if (head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = ((head[6]! & 127) << 21) | ((head[7]! & 127) << 14) | ((head[8]! & 127) << 7) | (head[9]! & 127);
  return 10 + size;
}

function readFrame(head: Buffer): Frame | null {
  if (head.length < 4 || head[0] !== 0xff || (head[1]! & 0xe0) !== 0xe0) return null;
  const version = (head[1]! >> 3) & 3;
  const isLayer3 = ((head[1]! >> 1) & 3) === 1;
  const rateIndex = (head[2]! >> 2) & 3;
  const bitRate = bitRates[version === 3 ? 0 : 1][head[2]! >> 4];
  if (version === 1 || !isLayer3 || rateIndex === 3 || !bitRate) return null;
  const isFirst = version === 3;
  const sampleRate = sampleRates[rateIndex as 0 | 1 | 2] / (isFirst ? 1 : version === 2 ? 2 : 4);
  const samples = isFirst ? 1152 : 576;
  const padding = (head[2]! >> 1) & 1;
  const isMono = head[3]! >> 6 === 3;
  const sideBytes = isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  return {
    bytes: Math.floor((samples / 8) * ((bitRate * 1000) / sampleRate)) + padding,
    samples,
    sampleRate,
    tagAt: 4 + sideBytes,
  };
}

interface StatedLength {
  /** How many follow. */
  readonly frames: number;
  /** With the first frame; 0 where it does not say. */
  readonly bytes: number;
  /** To be heard: without those that fill the first and the last frame. */
  readonly samples: number;
}

/** What an encoder says in its first frame of those that follow; `null` where it says nothing of their number. */
function statedLength(head: Buffer, frame: Frame): StatedLength | null {
  const tag = head.subarray(frame.tagAt, frame.tagAt + 160);
  const name = tag.toString('latin1', 0, 4);
  if ((name !== 'Xing' && name !== 'Info') || (tag[7]! & 1) === 0) return null;
  const frames = tag.readUInt32BE(8);
  // Whoever wrote into a pipe did not know.
  if (frames === 0) return null;
  const samples = frames * frame.samples;
  const flags = tag[7]!;
  const bytes = flags & 2 ? tag.readUInt32BE(12) : 0;
  const encoderAt = 12 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (tag.length < encoderAt + 24 || tag[encoderAt] === 0) return { frames, bytes, samples };
  const delay = (tag[encoderAt + 21]! << 4) | (tag[encoderAt + 22]! >> 4);
  const padding = ((tag[encoderAt + 22]! & 15) << 8) | tag[encoderAt + 23]!;
  return { frames, bytes, samples: Math.max(0, samples - delay - padding) };
}
