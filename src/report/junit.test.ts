import { describe, expect, it } from 'vitest';
import { hostileTexts, reportInput } from './__fixtures__/report-input.ts';
import { renderJunit } from './junit.ts';

function count(xml: string, pattern: RegExp): number {
  return xml.match(pattern)?.length ?? 0;
}

describe('renderJunit', () => {
  it('has a case per cell, a failure where answers are lacking, and a skip with its reason', () => {
    const { summary } = reportInput();
    const xml = renderJunit(reportInput());
    const lacking = summary.cells.filter(({ statuses }) => statuses.failed + statuses.missing > 0).length;
    expect(count(xml, /<testcase /g)).toBe(summary.cells.length + summary.skipped.length);
    expect(count(xml, /<failure /g)).toBe(lacking);
    expect(count(xml, /<skipped message="FAL_KEY is not set"/g)).toBe(summary.skipped.length);
    expect(xml).toContain(`tests="48" failures="${lacking}" skipped="4"`);
  });

  it('lets no text from outside become markup or a character that XML forbids', () => {
    const input = reportInput();
    for (const text of hostileTexts) {
      const xml = renderJunit({ ...input, run: { ...input.run, name: text } });
      expect(count(xml, /<testcase /g)).toBe(48);
      expect(xml).not.toMatch(/<script|<img|<svg|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
    }
  });
});
