import { describe, expect, it } from 'vitest';
import type { CellSummary, Estimate, ReportInput } from '../types.ts';
import { comparisons } from './__fixtures__/comparisons.ts';
import { reportInput } from './__fixtures__/report-input.ts';
import { findingsOf } from './findings.ts';

/** Two settings of one language with the given word error rates. */
function twoSettings(none: Partial<Estimate>, full: Partial<Estimate>): ReportInput {
  const input = reportInput();
  const cellWith = (acceleration: 'none' | 'full', wer: Partial<Estimate>): CellSummary => {
    const cell = input.summary.cells.find(
      (summary) => summary.cell.language === 'de-DE' && summary.cell.acceleration === acceleration,
    )!;
    return { ...cell, metrics: { wer: { ...cell.metrics['wer']!, blocks: 40, ...wer } } };
  };
  return {
    ...input,
    summary: { ...input.summary, skipped: [], cells: [cellWith('none', none), cellWith('full', full)] },
  };
}

function textAbout(input: ReportInput, subject: string): string | undefined {
  return findingsOf(input).sentences.find((finding) => finding.subject.startsWith(subject))?.text;
}

describe('findingsOf', () => {
  it('says what was measured', () => {
    expect(findingsOf(reportInput()).measured).toMatch(
      /^1,0\d\d transcripts, 64\.\d min of audio recognized, in 44 cells: 6 languages, 4 accelerations, 2 backends\.$/,
    );
  });

  it('names a difference between settings only where their intervals lie apart', () => {
    const apart = twoSettings(
      { value: 0.05, interval: { low: 0.04, high: 0.06, level: 0.95 } },
      { value: 0.2, interval: { low: 0.17, high: 0.23, level: 0.95 } },
    );
    expect(textAbout(apart, 'Acceleration')).toMatch(
      /^matters in 1 of 1 combination .*none 5\.0% \(4\.0–6\.0%\), full 20\.0%/,
    );
    const overlapping = twoSettings(
      { value: 0.05, interval: { low: 0.01, high: 0.18, level: 0.95 } },
      { value: 0.2, interval: { low: 0.17, high: 0.23, level: 0.95 } },
    );
    expect(textAbout(overlapping, 'Acceleration')).toMatch(/^shows no sure effect/);
  });

  it('compares nothing without intervals', () => {
    const input = twoSettings({ value: 0.05, interval: null }, { value: 0.2, interval: null });
    expect(textAbout(input, 'Acceleration')).toBeUndefined();
  });

  it('never puts word and character error rates into one sentence', () => {
    expect(textAbout(reportInput(), 'Word error rate')).not.toContain('ja-JP');
    expect(textAbout(reportInput(), 'Character error rate')).not.toMatch(/en-US|de-DE/);
  });

  it('warns of intervals that rest on few blocks', () => {
    expect(textAbout(reportInput(), 'Few speakers')).toContain('44 cells');
  });

  it('counts verdicts in place of looking at intervals, where there are any', () => {
    const { sentences } = findingsOf(reportInput(), comparisons());
    expect(sentences.map(({ subject }) => subject)).not.toContain('Acceleration');
    expect(sentences.find(({ subject }) => subject === 'Against “none”,')?.text).toBe(
      'on the same utterances and with a margin of 0.5 points of error rate, of 33 settings: 6 worse, ' +
        '6 worse by an unclear amount, 5 not worse, 5 equivalent, 5 better, 6 cannot be told. ' +
        'Adjusted for 33 comparisons (Holm), 1 of the 17 better or worse ones remain at p < 0.05.',
    );
  });

  it('counts what is not there', () => {
    expect(textAbout(reportInput(), 'Not complete')).toMatch(
      /7 utterances failed, 2 results missing, 9 answers empty, 4 cells skipped/,
    );
  });

  it('has nothing to say of a run without cells', () => {
    const input = reportInput();
    const empty = { ...input, summary: { ...input.summary, cells: [], skipped: [] }, records: [] };
    expect(findingsOf(empty).sentences).toEqual([]);
  });
});
