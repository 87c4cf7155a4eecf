/**
 * Remembers which ids were seen in 8 bytes each, by 64-bit fingerprints: a million strings would fill the memory that a
 * plan may take. Two different ids among a million are taken for one with a chance of 1 in 30 million.
 */
export class SeenIds {
  #slots = new Uint32Array(2 * 1024);
  #count = 0;

  has(id: string): boolean {
    const [low, high] = fingerprint(id);
    return this.#slots[2 * this.#slotOf(low, high)] !== 0;
  }

  /** @returns whether it was there already. */
  add(id: string): boolean {
    if (this.#count * 4 > this.#slots.length) this.#grow();
    const [low, high] = fingerprint(id);
    const slot = this.#slotOf(low, high);
    if (this.#slots[2 * slot] !== 0) return true;
    this.#put(slot, low, high);
    this.#count++;
    return false;
  }

  /** Where a fingerprint is, or would be: the first half of an empty slot is 0. */
  #slotOf(low: number, high: number): number {
    const mask = this.#slots.length / 2 - 1;
    let slot = low & mask;
    while (this.#slots[2 * slot] !== 0 && (this.#slots[2 * slot] !== low || this.#slots[2 * slot + 1] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #put(slot: number, low: number, high: number): void {
    this.#slots[2 * slot] = low;
    this.#slots[2 * slot + 1] = high;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 2) {
      const [low, high] = [before[at]!, before[at + 1]!];
      if (low !== 0) this.#put(this.#slotOf(low, high), low, high);
    }
  }
}

/** Two 32-bit hashes of a text that have nothing in common but it; the first never 0, which marks an empty slot. */
function fingerprint(text: string): readonly [low: number, high: number] {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 13;
  }
  low = Math.imul(low ^ (low >>> 16), 0xc2b2ae35);
  return [(low ^ (low >>> 15) || 1) >>> 0, (high ^ (high >>> 16)) >>> 0];
}
