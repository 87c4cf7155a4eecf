import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportInput } from '../__fixtures__/report-input.ts';
import { normalizers } from '../../normalizers/index.ts';
import { score } from '../../score.ts';
import { readTranscripts } from '../../transcripts/read-transcripts.ts';
import type { ReportInput } from '../../types.ts';
import { renderNemo } from './nemo.ts';
import { renderTrnHypotheses, renderTrnReferences } from './trn.ts';
import { renderUtterances } from './utterances.ts';

const whole = reportInput();
/** One cell whose language is counted in words. */
const [cell] = whole.summary.cells.filter(({ primaryUnit }) => primaryUnit === 'word');
const input: ReportInput = {
  ...whole,
  summary: { ...whole.summary, cells: [cell!] },
  records: whole.records.filter((record) => record.cell === cell!.cell),
};
const answered = input.records.filter(({ status }) => status !== 'failed');

function save(name: string, content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'earshot-export-')), name);
  writeFileSync(path, content);
  return path;
}

describe('TRN', () => {
  it('is read back with the same counts', async () => {
    const { records } = await readTranscripts({
      path: save('h.trn', renderTrnHypotheses(input)),
      reference: save('r.trn', renderTrnReferences(input)),
      language: cell!.cell.language,
    });
    const scored = score(records, { normalizer: normalizers.raw });
    expect(scored.map(({ word }) => word)).toEqual(answered.map(({ word }) => word));
  });

  it('names answers of several cells apart', () => {
    const ids = renderTrnHypotheses(whole)
      .trimEnd()
      .split('\n')
      .map((line) => /\(([^()]+)\)$/.exec(line)?.[1]);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it('a NeMo manifest holds both texts, and null for a failure', () => {
  const rows = renderNemo(input)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; pred_text: string | null });
  expect(rows.map((row) => row.pred_text)).toEqual(input.records.map(({ text }) => text));
  expect(rows.map((row) => row.text)).toEqual(input.records.map(({ reference }) => reference));
});

it('a table of utterances has a row for each attempt', () => {
  const lines = renderUtterances(input).trimEnd().split('\r\n');
  expect(lines).toHaveLength(input.records.length + 1);
  expect(lines[0]).toMatch(/^language,acceleration,.*word\.hits,.*normalizer,overlay$/);
});
