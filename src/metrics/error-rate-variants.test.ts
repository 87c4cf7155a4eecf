import { describe, expect, it } from 'vitest';
import { cell, scored } from '../__fixtures__/records.ts';
import { valueOf } from './__fixtures__/value.ts';
import { metrics } from './index.ts';

const of = (reference: string, text: string | null, language = 'en') =>
  scored({ cell: { ...cell, language }, reference, text });

describe('compounds forgiven', () => {
  it.each([
    ['is some one here', 'is someone here', 0],
    ['is someone here', 'is some one here', 0],
    ['an e mail a day', 'an email day', 1 / 5],
    ['never the less', 'nevertheless', 0],
    ['is some one here', 'is somebody here', 2 / 4],
  ])('"%s" heard as "%s" has %d', (reference, text, rate) => {
    expect(valueOf(metrics.werCompounds, of(reference, text))).toBe(rate);
  });

  it('is never above the word error rate', () => {
    const records = of('a b c d e f', 'b a c x d e f g');
    expect(valueOf(metrics.werCompounds, records)!).toBeLessThanOrEqual(valueOf(metrics.wer, records)!);
  });
});

describe("sclite's costs", () => {
  it('may find more errors', () => {
    // Five substitutions cost 20, three insertions and three deletions 18.
    const records = of('v w x y z q r s', 'a b c v w q r s');
    expect(valueOf(metrics.werSclite, records)!).toBeGreaterThanOrEqual(valueOf(metrics.wer, records)!);
  });

  it('leave failures out', () => {
    expect(valueOf(metrics.werSclite, of('a', null))).toBeNull();
  });
});

describe('mixed error rate', () => {
  it('counts foreign words whole among characters', () => {
    // Six tokens: 我, 用, hello, world, 的, api.
    expect(valueOf(metrics.mixedErrorRate, of('我用 Hello World 的 API', '我用 Hello Word 的 API', 'zh'))).toBe(1 / 6);
  });

  it('is for languages without spaces', () => {
    expect(valueOf(metrics.mixedErrorRate, of('a b', 'a b'))).toBeNull();
  });
});
