import { FlacDamage, type FlacBits } from './flac-bits.ts';

/** What `STREAMINFO` says of a stream. */
export interface FlacStreamInfo {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
}

const BLOCK_SIZES = [0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];
const SAMPLE_BITS = [0, 8, 12, 0, 16, 20, 24, 32];
const FIXED_PREDICTORS: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** How two channels share a frame: code of the format → which of them is the difference. */
const LEFT_SIDE = 8;
const RIGHT_SIDE = 9;
const MID_SIDE = 10;

/**
 * Decodes one frame, from its sync code on, into integer samples by channel (RFC 9639, sections 9 and 10).
 *
 * @throws FlacDamage where the bits cannot be a frame of this stream.
 */
export function readFlacFrame(bits: FlacBits, info: FlacStreamInfo): Int32Array[] {
  const { blockSize, assignment, bitsPerSample } = readHeader(bits, info);
  const channelCount = assignment < LEFT_SIDE ? assignment + 1 : 2;
  if (channelCount !== info.channels) throw new FlacDamage('a frame has another number of channels');
  const channels = Array.from({ length: channelCount }, (_, channel) => {
    const isSide = assignment === RIGHT_SIDE ? channel === 0 : assignment >= LEFT_SIDE && channel === 1;
    return readSubframe(bits, blockSize, bitsPerSample + (isSide ? 1 : 0));
  });
  restoreStereo(channels, assignment);
  bits.align();
  bits.unsigned(16);
  return channels;
}

function readHeader(
  bits: FlacBits,
  info: FlacStreamInfo,
): { blockSize: number; assignment: number; bitsPerSample: number } {
  if (bits.unsigned(15) !== 0b111111111111100) throw new FlacDamage('a frame does not begin with its sync code');
  bits.unsigned(1);
  const sizeCode = bits.unsigned(4);
  const rateCode = bits.unsigned(4);
  const assignment = bits.unsigned(4);
  const bitsCode = bits.unsigned(3);
  bits.unsigned(1);
  skipFrameNumber(bits);
  const blockSize =
    sizeCode === 6 ? bits.unsigned(8) + 1 : sizeCode === 7 ? bits.unsigned(16) + 1 : BLOCK_SIZES[sizeCode]!;
  if (rateCode >= 12) bits.unsigned(rateCode === 12 ? 8 : 16);
  bits.unsigned(8);
  const bitsPerSample = bitsCode === 0 ? info.bitsPerSample : SAMPLE_BITS[bitsCode]!;
  const isValid = blockSize > 0 && assignment <= MID_SIDE && bitsPerSample === info.bitsPerSample && rateCode < 15;
  if (!isValid) throw new FlacDamage('a frame has an invalid header');
  return { blockSize, assignment, bitsPerSample };
}

/** The frame's number is coded like a character of UTF-8; ones in front count its bytes. */
function skipFrameNumber(bits: FlacBits): void {
  const first = bits.unsigned(8);
  const length = first < 0x80 ? 1 : Math.clz32(~(first << 24));
  if (length > 7) throw new FlacDamage('a frame has an invalid number');
  for (let i = 1; i < length; i++) bits.unsigned(8);
}

function readSubframe(bits: FlacBits, blockSize: number, sampleBits: number): Int32Array {
  if (bits.unsigned(1) !== 0) throw new FlacDamage('a subframe does not begin with 0');
  const type = bits.unsigned(6);
  const wasted = bits.unsigned(1) === 1 ? bits.unary() + 1 : 0;
  const width = sampleBits - wasted;
  if (width <= 0) throw new FlacDamage('a subframe wastes all its bits');
  const samples = new Int32Array(blockSize);
  if (type === 0) samples.fill(bits.signed(width));
  else if (type === 1) for (let i = 0; i < blockSize; i++) samples[i] = bits.signed(width);
  else if (type >= 8 && type <= 12) readFixed(bits, samples, type - 8, width);
  else if (type >= 32) readLinear(bits, samples, type - 31, width);
  else throw new FlacDamage('a subframe has a reserved type');
  if (wasted > 0) for (let i = 0; i < blockSize; i++) samples[i] = samples[i]! << wasted;
  return samples;
}

function readFixed(bits: FlacBits, samples: Int32Array, order: number, width: number): void {
  readWarmUp(bits, samples, order, width);
  readResidual(bits, samples, order);
  predict(samples, FIXED_PREDICTORS[order]!, 0);
}

function readLinear(bits: FlacBits, samples: Int32Array, order: number, width: number): void {
  readWarmUp(bits, samples, order, width);
  const precision = bits.unsigned(4) + 1;
  const shift = bits.signed(5);
  if (precision === 16 || shift < 0) throw new FlacDamage('a predictor has an invalid precision');
  const coefficients = Array.from({ length: order }, () => bits.signed(precision));
  readResidual(bits, samples, order);
  predict(samples, coefficients, shift);
}

function readWarmUp(bits: FlacBits, samples: Int32Array, order: number, width: number): void {
  if (order > samples.length) throw new FlacDamage('a predictor is longer than its block');
  for (let i = 0; i < order; i++) samples[i] = bits.signed(width);
}

/** Rice-coded residuals, written where the samples will be. */
function readResidual(bits: FlacBits, samples: Int32Array, order: number): void {
  const method = bits.unsigned(2);
  if (method > 1) throw new FlacDamage('a residual has a reserved coding');
  const parameterBits = 4 + method;
  const partitions = 2 ** bits.unsigned(4);
  const partitionSize = samples.length / partitions;
  if (!Number.isInteger(partitionSize) || partitionSize < order)
    throw new FlacDamage('a residual has invalid partitions');
  for (let partition = 0, at = order; partition < partitions; partition++) {
    const end = (partition + 1) * partitionSize;
    const parameter = bits.unsigned(parameterBits);
    if (parameter === 2 ** parameterBits - 1) {
      const width = bits.unsigned(5);
      for (; at < end; at++) samples[at] = bits.signed(width);
      continue;
    }
    for (; at < end; at++) {
      const folded = bits.unary() * 2 ** parameter + bits.unsigned(parameter);
      samples[at] = (folded >>> 1) ^ -(folded & 1);
    }
  }
}

/** Adds the prediction to each residual. Sums pass 32 bits, which doubles hold exactly and shifts would not. */
function predict(samples: Int32Array, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length;
  const scale = 2 ** -shift;
  for (let i = order; i < samples.length; i++) {
    let sum = 0;
    for (let j = 0; j < order; j++) sum += coefficients[j]! * samples[i - 1 - j]!;
    samples[i] = samples[i]! + Math.floor(sum * scale);
  }
}

function restoreStereo(channels: readonly Int32Array[], assignment: number): void {
  if (assignment < LEFT_SIDE) return;
  const [first, second] = [channels[0]!, channels[1]!];
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i]!, second[i]!];
    if (assignment === LEFT_SIDE) second[i] = a - b;
    else if (assignment === RIGHT_SIDE) first[i] = a + b;
    else {
      // The side keeps the bit that halving took from the mid.
      const twiceMid = 2 * a + (b & 1);
      first[i] = (twiceMid + b) / 2;
      second[i] = (twiceMid - b) / 2;
    }
  }
}
