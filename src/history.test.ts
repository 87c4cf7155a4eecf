import { describe, expect, it } from 'vitest';
import { cell, scored } from './__fixtures__/records.ts';
import { history, type PastRun } from './history.ts';
import { reportInput } from './report/__fixtures__/report-input.ts';
import { summarize } from './summarize.ts';

const base = reportInput().run;

/** A run of 30 speakers, every `worse`-th of whom is misheard in a word. */
function past(day: number, worse: number, modelSha256: string, latencyMs = 100): PastRun {
  const records = scored(
    ...Array.from({ length: 60 }, (_, i) => ({
      utterance: `u${i}`,
      speaker: `s${i % 30}`,
      text: i % worse === 0 ? 'a b x d' : 'a b c d',
      latencyMs: latencyMs + (i % 7),
    })),
  );
  const run = {
    ...base,
    createdAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`,
    cells: [cell],
    plannedUtterances: [60],
    skipped: [],
    recognizers: { local: { ...base.recognizers['onnx-local']!, modelSha256 } },
  };
  return { folder: `day-${day}`, run, records, cells: summarize({ run, records, seed: 1 }).cells };
}

describe('history', () => {
  it('names the run and the model with which errors changed, in order of time', () => {
    const runs = [past(3, 2, 'bbbb'), past(1, 10, 'aaaa'), past(2, 10, 'aaaa'), past(4, 2, 'bbbb')];
    const [errors, latency] = history(runs, 1);
    expect(errors!.points.map(({ folder }) => folder)).toEqual(['day-1', 'day-2', 'day-3', 'day-4']);
    expect(errors!.changes).toMatchObject([{ folder: 'day-3', causes: ['model files of local: aaaa → bbbb'] }]);
    expect(latency!.changes, 'four runs say nothing of speed').toEqual([]);
  });

  it('shows a change of latency in enough runs', () => {
    const runs = Array.from({ length: 12 }, (_, i) => past(i + 1, 10, 'aaaa', i < 6 ? 100 + i : 200 + i));
    const latency = history(runs, 1).find(({ metric }) => metric === 'latencyP50')!;
    expect(latency.changes).toMatchObject([{ folder: 'day-7', causes: [] }]);
  });
});
