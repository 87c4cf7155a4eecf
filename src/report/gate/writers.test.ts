import { describe, expect, it } from 'vitest';
import type { GateCheck, GateResult } from '../../stats/gate-result.ts';
import { gateAnnotations } from './annotations.ts';
import { renderGateJunit } from './junit.ts';
import { renderGateMarkdown } from './markdown.ts';

const check = (over: Partial<GateCheck>): GateCheck => ({
  kind: 'regression',
  subject: 'de-DE · none',
  rule: 'not worse by 0.5 points',
  outcome: 'pass',
  finding: '+0.1 points [−0.1, 0.3]',
  comparison: null,
  ...over,
});
const hostile = 'a|b, 50%: <img src=x>\n::error::@all</failure>';
const result: GateResult = {
  outcome: 'fail',
  checks: [
    check({}),
    check({ outcome: 'undecided', subject: hostile }),
    check({ outcome: 'fail', finding: hostile }),
    check({ kind: 'threshold', rule: 'WER at most 20.0%' }),
    check({ kind: 'threshold', rule: 'WER at most 20.0%', subject: 'fr-FR · none' }),
  ],
  remarks: ['Changed since the baseline: *everything*.'],
};

describe('a gate', () => {
  it('is a table in Markdown, failures first, in which nothing is markup', () => {
    const text = renderGateMarkdown(result, 'nightly');
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    expect(rows.map((row) => row.split(' | ')[0])).toEqual([
      '| ',
      '| :--',
      '| failed',
      '| undecided',
      '| passed',
      '| passed',
    ]);
    expect(rows.at(-1)).toContain('2 cells | WER at most 20.0%');
    expect(text).toContain('**Failed: 1 of 5 checks failed, 1 are undecided.**');
    expect(text).not.toMatch(/<img|@all|\*everything|a\|b/);
  });

  it('is annotations that no text can forge', () => {
    const lines = gateAnnotations(result, 'nightly').split('\n');
    expect(lines).toEqual([
      '::error title=nightly%3A de-DE · none::not worse by 0.5 points: a|b, 50%25: <img src=x>%0A::error::@all</failure>',
      '::warning title=nightly%3A a|b%2C 50%25%3A <img src=x>%0A%3A%3Aerror%3A%3A@all</failure>::not worse by 0.5 points: +0.1 points [−0.1, 0.3]',
      '::notice title=nightly::Failed: 1 of 5 checks failed, 1 are undecided.',
    ]);
  });

  it('is JUnit in which undecided is skipped or failed, as the rules say', () => {
    const skipped = renderGateJunit(result, 'nightly', false);
    expect(skipped).toContain('tests="5" failures="1" skipped="1"');
    expect(skipped.match(/<skipped /g)).toHaveLength(1);
    expect(skipped).not.toContain('<img');
    expect(renderGateJunit(result, 'nightly', true)).toContain('tests="5" failures="2" skipped="0"');
  });
});
