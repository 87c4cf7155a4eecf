const SHORTEST_MATCH = 3;
const LONGEST_MATCH = 258;
const WINDOW = 32_768;

/** A stream's header and check sum (RFC 1950), in bytes; a block's head and end (RFC 1951), in bits. */
const FRAME_BYTES = 6;
const BLOCK_BITS = 3 + 7;

/** With the fixed codes: bits of a character below 144, and of a length with its distance. */
const FIXED_LITERAL_BITS = 8;
const FIXED_MATCH_BITS = 7 + 5;

/** With codes of the block's own: about what it takes to write them down, and what each symbol adds. */
const OWN_HEAD_BITS = 80;
const OWN_SYMBOL_BITS = 4;

/**
 * About how many bytes zlib makes of some: repetitions are found as LZ77 finds them, with the longest match at each
 * place, and written with fixed codes or with codes as good as their entropy, whichever is shorter. Within a few
 * percent of zlib on transcripts; no compressor, since nothing is written.
 */
export function compressedLength(bytes: Uint8Array): number {
  counts.fill(0);
  const places = placesOf(bytes);
  let fixedBits = BLOCK_BITS;
  let extraBits = 0;
  for (let at = 0; at < bytes.length;) {
    const match = longestMatch(bytes, at, places);
    const length = match.length < SHORTEST_MATCH ? 1 : match.length;
    if (length === 1) {
      counts[bytes[at]!]!++;
      fixedBits += FIXED_LITERAL_BITS + (bytes[at]! < 144 ? 0 : 1);
    } else {
      const [runs, back] = [bucket(length - SHORTEST_MATCH, 2), bucket(match.distance - 1, 1)];
      counts[LENGTHS + runs.symbol]!++;
      counts[DISTANCES + back.symbol]!++;
      fixedBits += FIXED_MATCH_BITS + runs.extraBits + back.extraBits;
      extraBits += runs.extraBits + back.extraBits;
    }
    at += length;
  }
  // Matches' distances have a code of their own, beside that of literals and lengths.
  const ownBits = BLOCK_BITS + OWN_HEAD_BITS + extraBits + codeBits(0, DISTANCES) + codeBits(DISTANCES, SYMBOLS);
  return FRAME_BYTES + Math.ceil(Math.min(fixedBits, ownBits) / 8);
}

/** Symbols of one code are told apart by where they start. */
const LENGTHS = 256;
const DISTANCES = 288;
const SYMBOLS = 320;

/** How often each symbol occurs in the text at hand. */
const counts = new Uint32Array(SYMBOLS);

/** How DEFLATE writes a large number: a symbol for its magnitude and leading bits, and the rest as it is. */
function bucket(value: number, leadingBits: number): { readonly symbol: number; readonly extraBits: number } {
  const extraBits = Math.max(0, 31 - Math.clz32(value) - leadingBits);
  return { symbol: (extraBits << leadingBits) + (value >> extraBits), extraBits };
}

/** The last place of each three bytes, by a hash of them. */
const heads = new Int32Array(1024);

/** For each place the one before it whose three bytes have the same hash; -1 where there is none. */
function placesOf(bytes: Uint8Array): Int32Array {
  const before = new Int32Array(bytes.length).fill(-1);
  heads.fill(-1);
  for (let at = 0; at + SHORTEST_MATCH <= bytes.length; at++) {
    const key = ((bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!) * 0x9e3779b1;
    const hash = (key >>> 20) & 1023;
    before[at] = heads[hash]!;
    heads[hash] = at;
  }
  return before;
}

/** Places looked at for one match, the last ones first; what zlib's usual level looks at. */
const MOST_PLACES = 128;

function longestMatch(
  bytes: Uint8Array,
  at: number,
  places: Int32Array,
): { readonly length: number; readonly distance: number } {
  let length = 0;
  let distance = 0;
  const most = Math.min(LONGEST_MATCH, bytes.length - at);
  let looks = 0;
  for (let from = places[at]!; from !== -1 && at - from <= WINDOW; from = places[from]!) {
    let same = 0;
    while (same < most && bytes[from + same] === bytes[at + same]) same++;
    // Other bytes with the same hash.
    if (same < SHORTEST_MATCH) continue;
    if (same > length) [length, distance] = [same, at - from];
    if (same === most || ++looks === MOST_PLACES) break;
  }
  return { length, distance };
}

/** What the symbols of one code take, and its being written down. */
function codeBits(first: number, end: number): number {
  let total = 0;
  for (let symbol = first; symbol < end; symbol++) total += counts[symbol]!;
  let bits = 0;
  for (let symbol = first; symbol < end; symbol++) {
    const count = counts[symbol]!;
    if (count > 0) bits += count * Math.max(1, Math.log2(total / count)) + OWN_SYMBOL_BITS;
  }
  return bits;
}
