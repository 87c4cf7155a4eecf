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
import { openAsrManifests } from './open-asr.ts';
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

describe("the Open ASR leaderboard's manifests", () => {
  const failure = input.records.find(({ status }) => status === 'failed')!;
  const { files, remarks } = openAsrManifests(input);

  it('are a file per model and data set, with the fields that the board reads', () => {
    expect(files).toHaveLength(1);
    expect(files[0]!.name).toBe('MODEL_tiny-fastconformer-none_DATASET_spoken-commands_test.jsonl');
    const rows = rowsOf(files[0]!.content);
    expect(rows).toHaveLength(input.records.length);
    for (const row of rows)
      expect(Object.keys(row)).toEqual(['audio_filepath', 'duration', 'time', 'text', 'pred_text']);
  });

  it('count a failure as empty, say so, and give it no time', () => {
    const row = rowsOf(files[0]!.content).find(({ audio_filepath: id }) => id === failure.utterance);
    expect(row).toMatchObject({ pred_text: '', time: null });
    expect(remarks).toEqual([expect.stringMatching(/^1 failed: /)]);
  });

  it('keep settings and languages apart, and lose no record', () => {
    const all = openAsrManifests(whole).files;
    expect(new Set(all.map(({ name }) => name)).size).toBe(whole.summary.cells.length);
    expect(all.flatMap(({ content }) => rowsOf(content))).toHaveLength(whole.records.length);
    expect(all.map(({ name }) => name)).toContain(
      'MODEL_fal-ai-nemotron-asr-fal-hosted-none_DATASET_spoken-commands_test.jsonl',
    );
  });

  it('keep regions of a language apart', () => {
    const regions = ['en-US', 'en-GB'].map((language) => {
      const record = whole.records.find(({ status }) => status === 'ok')!;
      return { ...record, cell: { ...record.cell, language } };
    });
    const summaries = regions.map(({ cell }) => ({ ...whole.summary.cells[0]!, cell }));
    const named = openAsrManifests({ ...whole, records: regions, summary: { ...whole.summary, cells: summaries } });
    expect(named.files.map(({ name }) => /_DATASET_.*/.exec(name)![0])).toEqual([
      '_DATASET_spoken-commands_en-US_test.jsonl',
      '_DATASET_spoken-commands_en-GB_test.jsonl',
    ]);
  });

  it("name a corpus's splits, and time the request of a clip sent at once but only the recognition of a stream", () => {
    const [first] = whole.records.filter(({ status }) => status === 'ok');
    const records = [
      {
        ...first!,
        attributes: { split: 'test-clean' },
        delivery: 'batch' as const,
        latencyMs: 500,
        spans: { inferenceMs: 200 },
      },
      {
        ...first!,
        attributes: { split: 'test-clean' },
        delivery: 'streaming-virtual' as const,
        latencyMs: 500,
        spans: { inferenceMs: 200 },
      },
    ];
    const [file] = openAsrManifests({ ...whole, records }).files;
    expect(file!.name).toMatch(/_test\.clean\.jsonl$/);
    expect(rowsOf(file!.content).map(({ time }) => time)).toEqual([0.5, 0.2]);
  });
});

function rowsOf(content: string): Record<string, unknown>[] {
  return content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
