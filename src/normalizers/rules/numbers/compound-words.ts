/** Parts of a number that is written as one word, by the form that they take in it. */
export interface CompoundParts {
  /** One to nine, also where they multiply. */
  readonly units: Readonly<Record<string, number>>;
  /** Ten to nineteen, and whole tens. */
  readonly below100: Readonly<Record<string, number>>;
  /** Multiply what stands before them: hundred, thousand. */
  readonly multipliers: Readonly<Record<string, number>>;
  /** Ten is followed by units: Turkish "onbir". */
  readonly tenTakesUnits?: boolean;
}

interface Part {
  readonly value: number;
  readonly multiplies: boolean;
}

/**
 * A reader of numbers in which parts follow each other from the large to the small: "kaksikymmentäyksi",
 * "kilencszázkilencvenkilenc", "ükssada". It gives `null` for words that have other parts or parts in another order.
 */
export function compoundWords(parts: CompoundParts): (word: string) => number | null {
  const known = new Map<string, Part>([
    ...Object.entries(parts.units).map(([form, value]) => [form, { value, multiplies: false }] as const),
    ...Object.entries(parts.below100).map(([form, value]) => [form, { value, multiplies: false }] as const),
    ...Object.entries(parts.multipliers).map(([form, value]) => [form, { value, multiplies: true }] as const),
  ]);
  const longest = Math.max(...Array.from(known.keys(), (form) => form.length));
  const shortest = Math.min(...Array.from(known.keys(), (form) => form.length));

  /** `total` is what is finished, `current` what may still be multiplied, `scale` the multiplier that came last. */
  const read = (word: string, at: number, total: number, current: number, scale: number): number | null => {
    if (at === word.length) return total + current;
    for (let length = Math.min(longest, word.length - at); length >= shortest; length--) {
      const part = known.get(word.slice(at, at + length));
      if (part === undefined) continue;
      const { value } = part;
      let result: number | null = null;
      if (!part.multiplies) {
        if (fits(current % 100, value)) result = read(word, at + length, total, current + value, scale);
      } else if (value === 100) {
        if (current < 10) result = read(word, at + length, total, (current || 1) * 100, scale);
      } else if (value < scale) {
        result = read(word, at + length, total + (current || 1) * value, 0, value);
      }
      if (result !== null) return result;
    }
    return null;
  };
  const fits = (open: number, value: number): boolean =>
    open === 0 || (value < 10 && open % 10 === 0 && open >= (parts.tenTakesUnits === true ? 10 : 20));
  return (word) => read(word, 0, 0, 0, Infinity);
}

/**
 * A reader of ordinals whose last part alone is one: "huszonegyedik", "tjugoförsta". `last` holds those parts by form,
 * `cardinal` reads what stands before.
 */
export function ordinalLast(
  cardinal: (word: string) => number | null,
  last: Readonly<Record<string, number>>,
): (word: string) => number | null {
  const parts = Object.entries(last).sort(([one], [other]) => other.length - one.length);
  return (word) => {
    for (const [part, value] of parts) {
      if (!word.endsWith(part)) continue;
      const before = part === word ? 0 : cardinal(word.slice(0, -part.length));
      const result = before === null ? null : withLast(before, value);
      if (result !== null) return result;
    }
    return null;
  };
}

/** The last part multiplies what stands right before it ("ötszázadik"), or is added to round numbers. */
function withLast(before: number, value: number): number | null {
  const multiplied = value === 100 ? before % 10 : before % 1000;
  if (value >= 100 && multiplied > 0) return before - multiplied + multiplied * value;
  const open = value < 10 ? 10 : value < 100 ? 100 : 1000;
  return before % open === 0 ? before + value : null;
}
