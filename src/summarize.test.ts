import { describe, expect, it } from 'vitest';
import { cell, scored } from './__fixtures__/records.ts';
import { summarize } from './summarize.ts';
import type { Cell, ResultRecord, RunInfo } from './types.ts';

const full: Cell = { ...cell, acceleration: 'full' };
const other: Cell = { ...cell, corpus: 'other' };

function run(planned: readonly (readonly [Cell, number])[]): RunInfo {
  const [cells, plannedUtterances] = [planned.map(([one]) => one), planned.map(([, utterances]) => utterances)];
  return { name: 'sweep', cells, plannedUtterances, skipped: [] as readonly never[] } as unknown as RunInfo;
}

function clips(count: number, changed: (i: number) => Partial<ResultRecord>): Partial<ResultRecord>[] {
  return Array.from({ length: count }, (_, i) => ({ utterance: `u${i}`, ...changed(i) }));
}

describe('cells', () => {
  const records = scored(
    ...clips(4, (i) => ({ text: i === 0 ? '' : i === 1 ? null : 'a b c d' })),
    ...clips(3, () => ({ cell: full, text: 'a b c x' })),
  );
  const summary = summarize({
    run: run([
      [cell, 4],
      [full, 4],
      [other, 7],
    ]),
    records,
    seed: 1,
  });

  it('all appear, in the order of the sweep', () => {
    expect(summary.cells.map((one) => one.cell)).toEqual([cell, full, other]);
  });

  it('count answers, failures and what is missing', () => {
    expect(summary.cells.map((one) => one.statuses)).toEqual([
      { ok: 2, empty: 1, failed: 1, missing: 0 },
      { ok: 3, empty: 0, failed: 0, missing: 1 },
      { ok: 0, empty: 0, failed: 0, missing: 7 },
    ]);
  });

  it('add up counts', () => {
    expect(summary.cells[0]!.word).toEqual({ hits: 8, substitutions: 0, deletions: 4, insertions: 0 });
    expect(summary.cells[0]!.metrics['wer']!.value).toBe(1 / 3);
    expect(summary.cells[0]!.metrics['werWithFailures']!.value).toBe(1 / 2);
    expect(summary.cells[0]!.metrics['coverage']!.value).toBe(3 / 4);
  });

  it('without records have all metrics, unknown', () => {
    const { metrics, primaryMetric } = summary.cells[2]!;
    expect(primaryMetric).toBe('wer');
    expect(Object.keys(metrics)).toEqual(Object.keys(summary.cells[0]!.metrics));
    for (const [name, estimate] of Object.entries(metrics)) {
      expect(estimate).toMatchObject({ value: name === 'coverage' ? 0 : null, interval: null, n: 0 });
    }
  });

  it('take the last of several records of one utterance', () => {
    const retried = scored({ utterance: 'u', text: null }, { utterance: 'u', text: 'a b c d' });
    expect(summarize({ run: run([[cell, 60]]), records: retried, seed: 1 }).cells[0]!.statuses).toMatchObject({
      ok: 1,
      failed: 0,
    });
  });

  it('do not depend on the order in which answers came', () => {
    const shuffled = [...records].reverse();
    const values = (input: typeof records): unknown =>
      summarize({
        run: run([
          [cell, 4],
          [full, 4],
        ]),
        records: input,
        seed: 1,
      }).cells.map((one) => one.metrics['wer']!.value);
    expect(values(shuffled)).toEqual(values(records));
  });
});

describe('intervals', () => {
  const estimates = (records: readonly Partial<ResultRecord>[], seed = 1) =>
    summarize({ run: run([[cell, 60]]), records: scored(...records), seed }).cells[0]!.metrics;
  const varied = (i: number): Partial<ResultRecord> => ({ text: i % 7 === 0 ? 'a b c x' : 'a b c d', latencyMs: i });

  it('name the unit that was resampled', () => {
    const wer = estimates(clips(60, (i) => ({ ...varied(i), speaker: `s${i % 20}` })))['wer']!;
    expect(wer).toMatchObject({ resampled: 'speaker', blocks: 20, n: 60, note: null });
    expect(wer.interval!.low).toBeLessThan(wer.value!);
    expect(wer.interval!.high).toBeGreaterThan(wer.value!);
    expect(estimates(clips(60, varied))['wer']).toMatchObject({ resampled: 'utterance', blocks: 60 });
  });

  it('come out the same for the same seed', () => {
    expect(estimates(clips(30, varied))).toEqual(estimates(clips(30, varied)));
    expect(estimates(clips(30, varied), 2)['rtf']).not.toEqual(estimates(clips(30, varied))['rtf']);
  });

  it('of few blocks carry a warning, of one there is none', () => {
    expect(estimates(clips(30, (i) => ({ ...varied(i), speaker: `s${i % 4}` })))['wer']!.note).toBe(
      'only 4 speakers: the interval is rough',
    );
    const one = estimates(clips(30, (i) => ({ ...varied(i), speaker: 's' })))['wer']!;
    expect(one).toMatchObject({ interval: null, note: 'no interval from one speaker' });
  });

  it('are withheld where nothing varies: no failure in 30 clips is not certainty', () => {
    expect(estimates(clips(30, varied))['failureRate']).toMatchObject({
      value: 0,
      interval: null,
      note: 'no interval: 30 utterances do not differ',
    });
  });

  it('of quantiles rest on order statistics; too few values give no number', () => {
    const metrics = estimates(clips(60, varied));
    expect(metrics['latencyP95']).toMatchObject({ value: 56.05, resampled: null, n: 60 });
    expect(metrics['latencyP95']!.interval).not.toBeNull();
    expect(metrics['latencyP99']).toMatchObject({ value: null, note: 'n too small: 60 of at least 299' });
  });

  it('of speed in a resumed run say so; accuracy does not care', () => {
    const metrics = estimates(clips(30, (i) => ({ ...varied(i), stretch: i % 2 })));
    expect(metrics['latencyP50']!.note).toBe('measured in 2 stretches of work');
    expect(metrics['rtf']!.note).toContain('measured in 2 stretches of work');
    expect(metrics['wer']!.note).toBeNull();
  });
});
