import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import { readJournal } from './journal.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { normalizers, type NormalizerName } from './normalizers/index.ts';
import { readRunInfo, runFiles } from './run-folder.ts';
import { score } from './score.ts';
import { summarize } from './summarize.ts';
import type { RunInfo, ScoredRecord, Summary } from './types.ts';

/** A run as its journal tells it, scored and summarized afresh. */
export interface ReadRun {
  readonly run: RunInfo;
  readonly records: readonly MeasurableRecord[];
  readonly summary: Summary;
}

/** @throws UserError when the folder holds no run or its journal is damaged. */
export async function readRun(folder: string): Promise<ReadRun> {
  const run = await readRunInfo(folder);
  const { journal } = runFiles(folder);
  const config = run.config as Config;
  const normalizer = normalizers[config.scoring.normalizer as NormalizerName];
  const records = score(existsSync(journal) ? await readJournal(journal) : [], { normalizer });
  return { run, records, summary: summarize({ run, records, seed: config.seed }) };
}

const largestClipBytes = 2 ** 20;

/**
 * The bytes of a record's clip, for a player.
 * @returns `null` when the file is gone, large, or the clip is only a part of it.
 */
export async function readClip(folder: string, record: ScoredRecord): Promise<Uint8Array | null> {
  if (record.audioOffsetSeconds > 0) return null;
  const file = await open(resolve(folder, record.audioPath)).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    return size > largestClipBytes ? null : await file.readFile();
  } finally {
    await file.close();
  }
}
