import { describe, expect, it } from 'vitest';
import type { ChoiceLimits, Loss, Setting, SettingGroup } from './choice.ts';
import { recommend } from './recommend.ts';

const anything: ChoiceLimits = {
  maxErrorLossPoints: 0.5,
  maxLatencyMs: null,
  maxFirstTextMs: null,
  maxWordDelayMs: null,
  maxCostPerMinuteUsd: null,
};

function loss(value: number, halfWidth: number, over: Partial<Loss> = {}): Loss {
  const ends = { low: value - halfWidth, high: value + halfWidth, standardError: halfWidth / 1.645 };
  return { value, ...ends, pairs: 100, audioHours: 0.5, costUsd: 0.24, ...over };
}

function setting(name: string, settingLoss: Loss | null, delayMs: number, over: Partial<Setting> = {}): Setting {
  const exactly = (value: number) => ({ value, low: value, high: value });
  return {
    name,
    isReference: settingLoss === null,
    rate: 0.05 + (settingLoss?.value ?? 0),
    loss: settingLoss,
    measured: {
      maxLatencyMs: exactly(20),
      maxFirstTextMs: null,
      maxWordDelayMs: exactly(delayMs),
      maxCostPerMinuteUsd: exactly(0.001),
    },
    ...over,
  };
}

const german: SettingGroup = {
  name: 'de-DE',
  settings: [
    setting('none', null, 900),
    setting('regular', loss(0.002, 0.02), 500),
    setting('high', loss(0.001, 0.003), 300),
    setting('full', loss(0.019, 0.007), 100),
  ],
};

describe('recommend', () => {
  it('takes the fastest setting that surely keeps to the loss, and says what it gains', () => {
    const { states, answer } = recommend(german, anything, 'fastest');
    expect(states.map(({ state }) => state)).toEqual(['fits', 'unclear', 'taken', 'out']);
    expect(answer).toBe(
      'take high: it is equivalent to none within 0.5 points (+0.1 points [−0.2, +0.4]) and shows words 600 ms sooner. ' +
        'Out: full (loses +1.9 points [+1.2, +2.6]).',
    );
  });

  it('takes what a moved limit lets in, and names what keeps the others out', () => {
    const wide = recommend(german, { ...anything, maxErrorLossPoints: 3 }, 'fastest');
    expect(wide.states[3]!.state).toBe('taken');
    const slow = recommend(german, { ...anything, maxWordDelayMs: 400 }, 'fastest');
    expect(slow.states[0]).toEqual({ state: 'out', reason: 'median delay of words 900 ms, limit 400 ms' });
  });

  it('says how much more speech would tell what is unclear', () => {
    const { states, answer } = recommend({ ...german, settings: german.settings.slice(0, 2) }, anything, 'fastest');
    // (2.4865 × 0.02 ÷ 1.645 ÷ 0.003)² = 101.5 times the half hour.
    expect(states[1]!.reason).toBe('+0.2 points [−1.8, +2.2]: about 50.3 more hours, $24.13');
    expect(answer).toMatch(
      /^take none; no other setting is known to do better.*Perhaps better, not yet clear: regular/,
    );
  });

  it('does not call nothing an amount where the spread says that these pairs should have told', () => {
    const touching = setting('full', loss(0.04, 0.02, { low: 0.004 }), 100);
    const group = { name: 'fr-FR', settings: [german.settings[0]!, touching] };
    expect(recommend(group, anything, 'fastest').states[1]!.reason).toMatch(/: a little more speech may tell$/);
  });

  it('does not take pairs without a difference for proof, but for a bound', () => {
    const alike = setting('full', loss(0, 0, { standardError: 0, high: 0.02 }), 100);
    const group = { name: 'fr-FR', settings: [german.settings[0]!, alike] };
    expect(recommend(group, anything, 'fastest').states[1]).toEqual({
      state: 'unclear',
      reason: 'no difference in 100 pairs, at most 2.0 points: about 1.5 more hours, $0.72',
    });
    expect(recommend(group, { ...anything, maxErrorLossPoints: 2 }, 'fastest').states[1]!.state).toBe('taken');
  });

  it('cannot tell where nothing is sure', () => {
    const wordDelay = { value: 300, low: 200, high: 500 };
    const vague = german.settings.map((one) => ({ ...one, measured: { ...one.measured, maxWordDelayMs: wordDelay } }));
    const { answer } = recommend({ name: 'it-IT', settings: vague }, { ...anything, maxWordDelayMs: 350 }, 'fastest');
    expect(answer).toMatch(/^we cannot tell yet\. Open: none, .*\(median delay of words 300 ms, limit 350 ms\)/);
  });

  it('takes an unknown quantity for no proof of a limit', () => {
    const { states, answer } = recommend(german, { ...anything, maxFirstTextMs: 100 }, 'fastest');
    expect(states.map(({ state }) => state)).toEqual(['unclear', 'unclear', 'unclear', 'out']);
    expect(answer).toContain('median time to first text is not known');
  });

  it('prefers what it is told to', () => {
    const cheaper = setting('high', loss(0, 0.004), 2000, {
      measured: { ...german.settings[0]!.measured, maxCostPerMinuteUsd: { value: 0.0002, low: 0.0002, high: 0.0002 } },
    });
    const settings = [german.settings[0]!, cheaper];
    expect(recommend({ name: 'x', settings }, anything, 'cheapest').answer).toContain('costs $0.0008 less per minute');
    const better = setting('high', loss(-0.02, 0.004), 2000);
    expect(recommend({ name: 'x', settings: [settings[0]!, better] }, anything, 'most-accurate').answer).toMatch(
      /^take high: it errs less than none \(−2\.0 points \[−2\.4, −1\.6\]\)\./,
    );
  });
});
