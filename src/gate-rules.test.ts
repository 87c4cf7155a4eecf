import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { concerns, defaultGateRules, gateJsonSchema, parseGateRules } from './gate-rules.ts';

const gates = fileURLToPath(new URL('../configs/gates', import.meta.url));
const rulesOf = (text: string) => parseGateRules(text, 'gate.yaml').data;

describe('rules of a gate', () => {
  it('fill in what is left out', () => {
    expect(rulesOf('thresholds: [{ metric: wer, max: 0.2, language: de-DE }]')).toEqual({
      ...defaultGateRules(),
      thresholds: [{ metric: 'wer', max: 0.2, by: 'value', language: ['de-DE'] }],
    });
    expect(defaultGateRules()).toMatchObject({
      regression: { marginPoints: 0.5, minPaired: 0.98 },
      undecided: 'exit-4',
    });
  });

  it.each([
    ['thresholds:\n  - { metric: wer, max: 25 }', /^a fraction such as 0\.25|fraction/, 'gate.yaml:2:5'],
    ['thresholds:\n  - { metric: wer }', /give either max or min/, 'gate.yaml:2:5'],
    ['thresholds:\n  - { metric: werr, max: 0.1 }', /did you mean "wer"/, 'gate.yaml:2:15'],
    ['tradeoffs:\n  - { allowPoints: 1 }', /give timesFaster or timesCheaper/, 'gate.yaml:2:5'],
    ['undecided: maybe', /"maybe" is not allowed; use fail, pass, exit-4/, 'gate.yaml:1:12'],
    ['regression:\n  margin: 1', /unknown key "margin"/, 'gate.yaml:2:3'],
  ])('refuse %j with its position', (text, message, where) => {
    expect(() => rulesOf(text)).toThrow(
      expect.objectContaining({ where, message: expect.stringMatching(message) as string }),
    );
  });

  it('have a JSON Schema beside the sweeps, for editors', () => {
    const committed = readFileSync(join(gates, 'gate.schema.json'), 'utf8');
    expect(JSON.parse(committed)).toEqual(gateJsonSchema());
  });

  it('are about the cells that they name', () => {
    const cell = { language: 'de-DE', acceleration: 'none', backend: 'a', corpus: 'c', languageHint: 'given' } as const;
    expect(concerns({}, cell)).toBe(true);
    expect(concerns({ language: ['fr-FR', 'de-DE'], backend: ['a'] }, cell)).toBe(true);
    expect(concerns({ language: ['de-DE'], acceleration: ['full'] }, cell)).toBe(false);
  });
});

describe('the rules that come with Earshot', () => {
  it.each(readdirSync(gates).filter((name) => name.endsWith('.yaml')))('%s are valid', (name) => {
    expect(() => parseGateRules(readFileSync(join(gates, name), 'utf8'), name)).not.toThrow();
  });
});
