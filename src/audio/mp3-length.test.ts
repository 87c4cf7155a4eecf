import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOfMp3 } from './mp3-length.ts';

/** MPEG 1 layer III at 64 kbit/s and 32 kHz, one channel. */
const SAMPLES = 1152;
const RATE = 32_000;
const FRAME_BYTES = 288;
const DELAY = 1105;
const PADDING = 700;

function frame(): Buffer {
  const bytes = Buffer.alloc(FRAME_BYTES);
  bytes.set([0xff, 0xfb, 0x58, 0xc0]);
  return bytes;
}

/** As LAME writes it: numbers of frames and bytes, then the encoder's name and what it put around the sound. */
function infoFrame(frames: number, bytes: number): Buffer {
  const head = frame();
  head.write('Info', 21, 'latin1');
  head.writeUInt32BE(3, 25);
  head.writeUInt32BE(frames, 29);
  head.writeUInt32BE(bytes, 33);
  head.write('LAME3.100', 37, 'latin1');
  head.writeUIntBE(DELAY * 4096 + PADDING, 58, 3);
  return head;
}

/** A tag before the frames of `size` bytes in all. */
function id3(size: number): Buffer {
  const tag = Buffer.alloc(size);
  tag.write('ID3\x04', 0, 'latin1');
  tag[8] = (size - 10) >> 7;
  tag[9] = (size - 10) & 127;
  return tag;
}

function lengthOf(bytes: Buffer) {
  return lengthOfMp3({ size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) });
}

const sound = (frames: number) => Buffer.concat(Array.from({ length: frames }, frame));
const counts = fc.integer({ min: 2, max: 20 });
const tags = fc.constantFrom(0, 10, 300);

describe('the length of an MP3 whose first frame states it', () => {
  const heard = (frames: number) => (frames * SAMPLES - DELAY - PADDING) / RATE;

  /** Encoders differ: the bytes are counted from the first frame, with the tag before it, or not at all. */
  const files = fc
    .record({ frames: counts, tag: tags, counted: fc.constantFrom('frames', 'tag too', 'nothing') })
    .map(({ frames, tag, counted }) => {
      const bytes = counted === 'nothing' ? 0 : (frames + 1) * FRAME_BYTES + (counted === 'frames' ? 0 : tag);
      const before = tag === 0 ? Buffer.alloc(0) : id3(tag);
      return { frames, tag, file: Buffer.concat([before, infoFrame(frames, bytes), sound(frames)]) };
    });

  it('is what it states', () => {
    fc.assert(
      fc.property(files, ({ frames, file }) => {
        expect(lengthOf(file)).toEqual({ seconds: heard(frames), isCut: false });
      }),
    );
  });

  it('is cut wherever the end is missing, also between frames', () => {
    fc.assert(
      fc.property(files, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), ({ file, tag }, part, isBetween) => {
        const soundAt = tag + FRAME_BYTES;
        const at = soundAt + Math.min(file.length - soundAt - 1, Math.floor(part * (file.length - soundAt)));
        const left = isBetween ? soundAt + Math.floor((at - soundAt) / FRAME_BYTES) * FRAME_BYTES : at;
        expect(lengthOf(file.subarray(0, left)).isCut).toBe(true);
      }),
    );
  });

  it('is that of its frames where it was written into a pipe', () => {
    const file = Buffer.concat([infoFrame(0, 0), sound(5)]);
    expect(lengthOf(file)).toEqual({ seconds: (6 * SAMPLES) / RATE, isCut: false });
  });
});

describe('the length of an MP3 that states none', () => {
  it('is that of its frames, and a cut shows where it goes through one', () => {
    fc.assert(
      fc.property(counts, tags, fc.nat(FRAME_BYTES - 1), (frames, tag, missing) => {
        const file = Buffer.concat([tag === 0 ? Buffer.alloc(0) : id3(tag), sound(frames)]);
        const left = lengthOf(file.subarray(0, file.length - missing));
        expect(left.isCut).toBe(missing > 0);
        if (missing === 0) expect(left.seconds).toBe((frames * SAMPLES) / RATE);
      }),
    );
  });

  it('does not take a tag behind the frames for one', () => {
    const file = Buffer.concat([sound(3), Buffer.from('TAG'.padEnd(128, ' '), 'latin1')]);
    expect(lengthOf(file)).toEqual({ seconds: (3 * SAMPLES) / RATE, isCut: false });
  });
});
