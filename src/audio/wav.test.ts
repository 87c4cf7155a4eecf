import { describe, expect, test } from 'vitest';
import { headerOfBytes } from './audio-header.ts';
import { readWav } from './wav.ts';

interface WavParts {
  readonly encoding?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly data: Buffer;
  /** As the header states it, if not the truth. */
  readonly dataSize?: number;
  readonly extensible?: boolean;
  /** Whole chunks to stand before and behind the samples. */
  readonly before?: Buffer;
  readonly after?: Buffer;
}

function chunk(name: string, content: Buffer, size = content.length): Buffer {
  const header = Buffer.alloc(8);
  header.write(name, 'latin1');
  header.writeUInt32LE(size, 4);
  return Buffer.concat([header, content, Buffer.alloc(size === content.length ? size % 2 : 0)]);
}

function wav({ encoding = 1, channels = 1, rate = 16_000, bits = 16, data, ...parts }: WavParts): Buffer {
  const format = Buffer.alloc(parts.extensible ? 40 : 16);
  format.writeUInt16LE(parts.extensible ? 0xfffe : encoding, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE((rate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (parts.extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    format.writeUInt16LE(encoding, 24);
  }
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    parts.before ?? Buffer.alloc(0),
    chunk('fmt ', format),
    chunk('data', data, parts.dataSize ?? data.length),
    parts.after ?? Buffer.alloc(0),
  ]);
  return chunk('RIFF', body);
}

function int16(...values: number[]): Buffer {
  return Buffer.from(Int16Array.from(values).buffer);
}

function samplesOf(bytes: Buffer): number[] {
  return [...readWav(bytes, 'a.wav').samples];
}

describe('WAV', () => {
  test('of each sample format is scaled by its own full range', () => {
    expect(samplesOf(wav({ bits: 8, data: Buffer.from([0, 128, 255, 192]) }))).toEqual([-1, 0, 127 / 128, 0.5]);
    expect(samplesOf(wav({ data: int16(-32_768, 0, 32_767, 16_384) }))).toEqual([-1, 0, 32_767 / 32_768, 0.5]);
    const int24 = Buffer.from([0x00, 0x00, 0x80, 0x00, 0x00, 0x40, 0xff, 0xff, 0xff]);
    expect(samplesOf(wav({ bits: 24, data: int24 }))).toEqual([-1, 0.5, -1 / 8_388_608]);
    const int32 = Buffer.from(Int32Array.from([-2_147_483_648, 1_073_741_824]).buffer);
    expect(samplesOf(wav({ bits: 32, data: int32 }))).toEqual([-1, 0.5]);
    const float32 = Buffer.from(Float32Array.from([0.25, -1.5]).buffer);
    expect(samplesOf(wav({ encoding: 3, bits: 32, data: float32 }))).toEqual([0.25, -1.5]);
    const float64 = Buffer.from(Float64Array.from([0.25, -0.75]).buffer);
    expect(samplesOf(wav({ encoding: 3, bits: 64, data: float64 }))).toEqual([0.25, -0.75]);
  });

  test('of several channels is mixed by their mean', () => {
    expect(samplesOf(wav({ channels: 2, data: int16(16_384, 0, -32_768, 32_767) }))).toEqual([
      0.25,
      Math.fround(-0.5 / 32_768),
    ]);
    expect(samplesOf(wav({ channels: 3, data: int16(3276, 3276, 3276) }))).toEqual([Math.fround(3276 / 32_768)]);
  });

  test('keeps its rate', () => {
    expect(readWav(wav({ rate: 22_050, data: int16(1) }), 'a.wav').sampleRate).toBe(22_050);
  });

  test('in extensible form is read by its sub-format', () => {
    expect(samplesOf(wav({ extensible: true, data: int16(16_384) }))).toEqual([0.5]);
    const float32 = Buffer.from(Float32Array.from([0.125]).buffer);
    expect(samplesOf(wav({ extensible: true, encoding: 3, bits: 32, data: float32 }))).toEqual([0.125]);
  });

  test('may hold other chunks, of odd size too, before and behind the samples', () => {
    const before = chunk('LIST', Buffer.from('odd'));
    const after = chunk('id3 ', Buffer.from('tag'));
    expect(samplesOf(wav({ before, after, data: int16(16_384) }))).toEqual([0.5]);
  });

  test.each([0, 0xffff_ffff, 0x7fff_ffff, 0x7fff_f000])(
    'that was streamed with the data size %i reaches to its end',
    (dataSize) => {
      expect(samplesOf(wav({ dataSize, data: int16(16_384, 8192, -5) }))).toEqual([0.5, 0.25, -5 / 32_768]);
    },
  );

  test('without samples is an error, even when chunks follow', () => {
    expect(() => samplesOf(wav({ data: Buffer.alloc(0) }))).toThrow('a.wav has no samples');
    const after = chunk('LIST', Buffer.from('INFOsoft'));
    expect(() => samplesOf(wav({ data: Buffer.alloc(0), after }))).toThrow('a.wav has no samples');
  });

  test('with fewer samples than it promises is truncated', () => {
    expect(() => samplesOf(wav({ dataSize: 100, data: int16(1, 2) }))).toThrow(
      'a.wav is truncated: its header promises 100 bytes of samples, but only 4 are there; fetch or record it again',
    );
    const whole = wav({ data: int16(1, 2) });
    for (let length = 12; length < 44; length++) {
      expect(() => samplesOf(whole.subarray(0, length))).toThrow(/^a\.wav (is a WAV cut short|has no samples)/);
    }
  });

  test('with zeros where its samples should be is damaged, and is not searched to its end', () => {
    const whole = wav({ data: Buffer.from([1, 0]) });
    const damaged = Buffer.concat([whole.subarray(0, whole.indexOf('data')), Buffer.alloc(4096)]);
    const problem = /damaged at byte 36, before its samples/;
    expect(() => readWav(damaged, 'a.wav')).toThrow(problem);
    expect(headerOfBytes(damaged)?.problem).toMatch(problem);
  });

  test('in µ-law and A-law is read as G.711 has it', () => {
    const bytes = Buffer.from([0x00, 0x80, 0xff, 0x7f, 0x2a, 0xd5]);
    // Extremes, zeros and one of each sign, in 16-bit values from the tables of the recommendation.
    expect(samplesOf(wav({ encoding: 7, bits: 8, data: bytes })).map((x) => x * 32768)).toEqual([
      -32124, 32124, 0, 0, -5372, 716,
    ]);
    expect(samplesOf(wav({ encoding: 6, bits: 8, data: bytes })).map((x) => x * 32768)).toEqual([
      -5504, 5504, 848, -848, -32256, 8,
    ]);
  });

  test('in another encoding says which ones are read', () => {
    expect(() => samplesOf(wav({ encoding: 17, bits: 4, data: int16(1) }))).toThrow(
      /IMA ADPCM, which is not read; WAV is read with 8-/,
    );
    expect(() => samplesOf(wav({ bits: 12, data: int16(1) }))).toThrow(/12-bit samples, which is not read/);
    expect(() => samplesOf(wav({ channels: 0, data: int16(1) }))).toThrow(/0 channels/);
  });
});
