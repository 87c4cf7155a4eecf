/** FNV-1a over UTF-16 units (low byte, high byte), 64 bits as 16 hex digits. Tells versions apart; proves nothing. */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  const mix = (byte: number): void => {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    mix(unit & 0xff);
    mix(unit >> 8);
  }
  return hash.toString(16).padStart(16, '0');
}
