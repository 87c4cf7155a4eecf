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
  const counts = new Map<number, number>();
  const count = (symbol: number): void => void counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  const places = new Map<number, number[]>();
  let fixedBits = BLOCK_BITS;
  let extraBits = 0;
  for (let at = 0; at < bytes.length;) {
    const match = longestMatch(bytes, at, places);
    const length = match.length < SHORTEST_MATCH ? 1 : match.length;
    if (length === 1) {
      count(bytes[at]!);
      fixedBits += FIXED_LITERAL_BITS + (bytes[at]! < 144 ? 0 : 1);
    } else {
      const [runs, back] = [bucket(length - SHORTEST_MATCH, 2), bucket(match.distance - 1, 1)];
      count(LENGTHS + runs.symbol);
      count(DISTANCES + back.symbol);
      fixedBits += FIXED_MATCH_BITS + runs.extraBits + back.extraBits;
      extraBits += runs.extraBits + back.extraBits;
    }
    for (const end = at + length; at < end; at++) remember(bytes, at, places);
  }
  const ownBits = BLOCK_BITS + OWN_HEAD_BITS + extraBits + entropyBits(counts) + counts.size * OWN_SYMBOL_BITS;
  return FRAME_BYTES + Math.ceil(Math.min(fixedBits, ownBits) / 8);
}

/** Symbols of one code are told apart by where they start. */
const LENGTHS = 256;
const DISTANCES = 512;

/** How DEFLATE writes a large number: a symbol for its magnitude and leading bits, and the rest as it is. */
function bucket(value: number, leadingBits: number): { readonly symbol: number; readonly extraBits: number } {
  const extraBits = Math.max(0, 31 - Math.clz32(value) - leadingBits);
  return { symbol: (extraBits << leadingBits) + (value >> extraBits), extraBits };
}

function keyAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}

function remember(bytes: Uint8Array, at: number, places: Map<number, number[]>): void {
  if (at + SHORTEST_MATCH > bytes.length) return;
  const key = keyAt(bytes, at);
  const known = places.get(key);
  if (known === undefined) places.set(key, [at]);
  else known.push(at);
}

/** Places looked at for one match, the last ones first; what zlib's usual level looks at. */
const MOST_PLACES = 128;

function longestMatch(
  bytes: Uint8Array,
  at: number,
  places: ReadonlyMap<number, readonly number[]>,
): { readonly length: number; readonly distance: number } {
  let best = { length: 0, distance: 0 };
  if (at + SHORTEST_MATCH > bytes.length) return best;
  const known = places.get(keyAt(bytes, at)) ?? [];
  const most = Math.min(LONGEST_MATCH, bytes.length - at);
  for (let k = known.length - 1; k >= Math.max(0, known.length - MOST_PLACES); k--) {
    const from = known[k]!;
    if (at - from > WINDOW) break;
    let length = SHORTEST_MATCH;
    while (length < most && bytes[from + length] === bytes[at + length]) length++;
    if (length > best.length) best = { length, distance: at - from };
    if (length === most) break;
  }
  return best;
}

function entropyBits(counts: ReadonlyMap<number, number>): number {
  // Matches' distances have a code of their own, beside that of literals and lengths.
  let bits = 0;
  for (const isDistance of [false, true]) {
    const ofCode = [...counts].filter(([symbol]) => symbol >= DISTANCES === isDistance).map(([, count]) => count);
    const total = ofCode.reduce((sum, count) => sum + count, 0);
    for (const count of ofCode) bits += count * Math.max(1, Math.log2(total / count));
  }
  return bits;
}
