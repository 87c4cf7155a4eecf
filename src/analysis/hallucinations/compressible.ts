import { compressedLength } from '../../text/compressed-length.ts';
import type { Hallucination } from './hallucination.ts';

/** Whisper's `compression_ratio_threshold`: above it, it decodes a segment again. */
const RATIO = 2.4;

const utf8 = new TextEncoder();

function ratioOf(text: string): number {
  const bytes = utf8.encode(text);
  return bytes.length / compressedLength(bytes);
}

/** Text that says little for its length. */
export const compressible: Hallucination = {
  kind: 'compressible',
  title: 'Compresses too well',
  description:
    `UTF-8 bytes over those that zlib would make of them above ${RATIO}, as Whisper decides that it went into a loop ` +
    '(compression_ratio_threshold), unless the reference compresses as well.',
  find: ({ text, reference }) => {
    const ratio = ratioOf(text);
    return ratio > RATIO && ratioOf(reference) <= RATIO
      ? `compresses ${ratio.toFixed(1)} times (above ${RATIO})`
      : null;
  },
};
