import { expect, it } from 'vitest';
import { scored } from '../__fixtures__/records.ts';
import { valueOf } from './__fixtures__/value.ts';
import { metrics } from './index.ts';

it('words on silence count per minute, and words of speech do not', () => {
  const records = scored(
    { reference: '', text: 'thank you for watching', durationSeconds: 30 },
    { reference: '', text: '', durationSeconds: 90 },
    { reference: 'a b', text: 'a b c', durationSeconds: 10 },
    { reference: '', text: null, durationSeconds: 60 },
  );
  expect(valueOf(metrics.hallucinatedPerMinute, records)).toBe(2);
  expect(valueOf(metrics.hallucinatedPerMinute, scored({}))).toBeNull();
});

it('a slope is what a line through the clips rises by', () => {
  const at = (snr_db: number, text: string) => ({ attributes: { snr_db }, reference: 'a b c d', text });
  // No errors at 20 dB, a quarter at 10 dB, a half at 0 dB: a quarter for each 10 dB.
  const records = scored(at(20, 'a b c d'), at(10, 'a b c x'), at(0, 'a b x y'), { text: 'nothing right at all' });
  expect(valueOf(metrics.noiseSlope, records)).toBeCloseTo(0.25, 12);
});

it('the slope over codecs counts halvings from the bit rate of plain samples', () => {
  const coded = (bitRateKbps: number, text: string) => ({
    attributes: { probe: 'codec', bitRateKbps },
    reference: 'a b c d',
    text,
  });
  // No errors at 256 kbit/s, a quarter at 64 (two halvings), a half at 16 (four).
  const clean = { attributes: { probe: 'clean' }, reference: 'a b c d', text: 'a b c d' };
  const records = scored(clean, coded(64, 'a b c x'), coded(16, 'a b x y'));
  expect(valueOf(metrics.codecSlope, records)).toBeCloseTo(0.125, 12);
});

it('a slope needs clips that differ', () => {
  const same = { attributes: { speed: 1.1 } };
  expect(valueOf(metrics.speedSlope, scored(same, same))).toBeNull();
  const steps = scored({ attributes: { probe: 'clean' } }, { attributes: { clippedMs: 100 }, text: 'b c d' });
  expect(valueOf(metrics.clippingSlope, steps)).toBeCloseTo(0.25, 12);
});
