import { describe, expect, it } from 'vitest';
import { cell, scored } from './__fixtures__/records.ts';
import { history, type PastRun } from './history.ts';
import { reportInput } from './report/__fixtures__/report-input.ts';
import { below, seededRandom } from './stats/random.ts';
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
  return { folder: `day-${day}`, run, records, summary: summarize({ run, records, seed: 1 }) };
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

  it('finds a change in one of many cells after many runs of few speakers, and each level after it', () => {
    const random = seededRandom(3);
    const words = 'a b c d e f g h i j'.split(' ');
    const backends = Array.from({ length: 12 }, (_, i) => `local-${i}`);
    const { summary } = past(1, 10, 'aaaa');
    const template = summary.cells[0]!;
    /** Runs of 12 backends with 10 speakers and 400 words; one of them is misheard more from the 7th to the 9th run. */
    const runs = Array.from({ length: 14 }, (_, day): PastRun => {
      const ofBackend = backends.map((backend) => {
        const perMille = backend === 'local-4' && day >= 6 && day < 9 ? 150 : 7;
        const records = scored(
          ...Array.from({ length: 40 }, (_, i) => ({
            cell: { ...cell, backend },
            key: `${backend} u${i}`,
            utterance: `u${i}`,
            speaker: `s${i % 10}`,
            reference: words.join(' '),
            text: words.map((word) => (below(random, 1_000) < perMille ? 'x' : word)).join(' '),
          })),
        );
        const errors = records.reduce((sum, { word }) => sum + word!.substitutions, 0);
        const wer = { ...template.metrics['wer']!, value: errors / 400 };
        return { records, ofCell: { ...template, cell: { ...cell, backend }, metrics: { wer } } };
      });
      return {
        folder: `day-${day + 1}`,
        run: { ...base, createdAt: `2026-01-${String(day + 1).padStart(2, '0')}T00:00:00Z` },
        records: ofBackend.flatMap(({ records }) => records),
        summary: { ...summary, cells: ofBackend.map(({ ofCell }) => ofCell) },
      };
    });
    const changed = history(runs, 1).filter(({ changes }) => changes.length > 0);
    expect(changed.length, 'one in twenty marks may be none').toBeLessThanOrEqual(2);
    const { changes } = changed.find((one) => one.cell.backend === 'local-4')!;
    const [rise, fall] = changes;
    expect(changes.map(({ folder }) => folder)).toEqual(['day-7', 'day-10']);
    expect(rise!.before).toBeLessThan(0.02);
    expect(rise!.after).toBeGreaterThan(0.1);
    expect(fall).toMatchObject({ before: rise!.after, after: expect.closeTo(0.007, 2) as number });
  });

  it('holds runs against each other only where they were scored alike', () => {
    const runs = Array.from({ length: 6 }, (_, i) => past(i + 1, i < 3 ? 10 : 2, 'aaaa'));
    const rescored = runs.map((one, i) =>
      i < 3 ? one : { ...one, records: one.records.map((record) => ({ ...record, normalizer: 'raw@1' })) },
    );
    expect(history(runs, 1)[0]!.changes).toHaveLength(1);
    expect(history(rescored, 1)[0]!.changes).toEqual([]);
  });
});
