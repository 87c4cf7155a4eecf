import { existsSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { readWavClip } from './audio/wav-clip.ts';
import { compareSettings } from './compare-settings.ts';
import { compareWithReference } from './compare-with-reference.ts';
import type { Config } from './config.ts';
import { frontMemberships } from './front-memberships.ts';
import { readAttempts } from './journal.ts';
import type { MeasurableRecord } from './metrics/metric.ts';
import { labelled, mergeRuns, type RunPart } from './merge-runs.ts';
import { normalizers, type NormalizerName } from './normalizers/index.ts';
import type { ChoiceInput } from './report/choice/choice.ts';
import { useOfOverlay, type OverlayUse } from './overlay.ts';
import { readRunInfo, runFiles } from './run-folder.ts';
import { score } from './score.ts';
import { summarize } from './summarize.ts';
import type { Comparison } from './stats/comparison.ts';
import type { FrontMemberships } from './stats/front-membership.ts';
import type { Overlay, ResultRecord, RunInfo, ScoredRecord, Summary } from './types.ts';

/** A run as its journal tells it, scored and summarized afresh. */
export interface ReadRun {
  readonly run: RunInfo;
  readonly records: readonly MeasurableRecord[];
  /** Attempts that a later one replaced. They do not count, but they may have been paid for. */
  readonly replaced: readonly ResultRecord[];
  readonly summary: Summary;
  /** What became of the overlay's entries; `null` without one. */
  readonly overlayUse: OverlayUse | null;
  /** What the sweep was made to tell: see `compareSettings`. */
  readonly comparisons: readonly Comparison[];
  /** What the recommendation of a setting rests on. */
  readonly choice: ChoiceInput;
  readonly fronts: FrontMemberships;
}

/**
 * @param overlay of references, instead of the one that the run was made with.
 * @throws UserError when the folder holds no run or its journal is damaged.
 */
export async function readRun(folder: string, overlay?: Overlay): Promise<ReadRun> {
  return asRead(await readRecords(folder, overlay));
}

/**
 * Several runs as one.
 * @param label whether backends are named after their run's folder, so that the same cells can stand beside each other.
 * @throws UserError as `readRun` does, and when the runs do not belong together.
 */
export async function readRuns(
  folders: readonly string[],
  { overlay, label }: { readonly overlay?: Overlay | undefined; readonly label: boolean },
): Promise<ReadRun> {
  if (folders.length === 1 && !label) return readRun(folders[0]!, overlay);
  const parts: RunPart[] = [];
  for (const folder of folders) {
    const part = { folder, ...(await readRecords(folder, overlay)) };
    parts.push(label ? labelled(part) : part);
  }
  return asRead({ ...mergeRuns(parts), overlayUse: null });
}

function asRead({ run, records, replaced, overlayUse }: ReadFacts): ReadRun {
  const config = run.config as Config;
  const { seed } = config;
  const how = { margin: config.scoring.marginPoints / 100, seed };
  const comparisons = compareSettings(records, run.cells, how);
  return {
    run,
    records,
    replaced,
    overlayUse,
    summary: summarize({ run, records, seed, intervals: config.scoring.intervals }),
    comparisons,
    fronts: frontMemberships(records, seed),
    choice: choiceInput(config, compareWithReference(records, run.cells, comparisons, how)),
  };
}

type ReadFacts = Pick<ReadRun, 'run' | 'records' | 'replaced' | 'overlayUse'>;

/** A run's records, scored but not summarized. */
export interface ReadRecords extends ReadFacts {
  /** The same transcripts scored by another preset. */
  readonly rescored: (preset: NormalizerName) => readonly MeasurableRecord[];
}

/**
 * @param overlay of references, instead of the one that the run was made with.
 * @throws UserError when the folder holds no run or its journal is damaged.
 */
export async function readRecords(folder: string, overlay?: Overlay): Promise<ReadRecords> {
  const run = await readRunInfo(folder);
  const { journal } = runFiles(folder);
  const { scoring } = run.config as Config;
  const used = overlay ?? run.overlay ?? null;
  const { last: results, replaced } = existsSync(journal) ? await readAttempts(journal) : { last: [], replaced: [] };
  const rescored = (preset: NormalizerName): readonly MeasurableRecord[] =>
    score(results, {
      normalizer: normalizers[preset],
      characters: scoring.characters,
      alternations: scoring.alternations,
      overlay: used,
    });
  const records = rescored(scoring.normalizer as NormalizerName);
  return { run, records, replaced, rescored, overlayUse: used && useOfOverlay(used, results) };
}

function choiceInput({ choose, scoring }: Config, comparisons: readonly Comparison[]): ChoiceInput {
  return {
    comparisons,
    take: choose?.take ?? 'fastest',
    limits: {
      maxErrorLossPoints: choose?.maxErrorLossPoints ?? scoring.marginPoints,
      maxLatencyMs: choose?.maxLatencyMs ?? null,
      maxFirstTextMs: choose?.maxFirstTextMs ?? null,
      maxWordDelayMs: choose?.maxWordDelayMs ?? null,
      maxCostPerMinuteUsd: choose?.maxCostPerMinuteUsd ?? null,
    },
  };
}

const largestClipBytes = 2 ** 20;
const longestExcerptSeconds = 60;

/**
 * The bytes of a record's clip, for a player: the file as it is, or the part of it that was heard as a WAV.
 * @returns `null` when the file is gone, cannot be decoded, is no regular file or is large.
 */
export async function readClip(folder: string, record: ScoredRecord): Promise<Uint8Array | null> {
  const path = resolve(folder, record.audioPath);
  if (record.audioOffsetSeconds > 0 || record.isExcerpt) return readExcerpt(path, record);
  // Looked at before it is opened: opening a pipe would wait for its writer.
  const found = await stat(path).catch(() => null);
  return found?.isFile() && found.size <= largestClipBytes ? readFile(path) : null;
}

async function readExcerpt(path: string, record: ScoredRecord): Promise<Uint8Array | null> {
  const { audioOffsetSeconds: offsetSeconds, durationSeconds } = record;
  if (durationSeconds > longestExcerptSeconds || !statSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  return readWavClip({ path, offsetSeconds, durationSeconds }).then(
    ({ wav }) => wav,
    () => null,
  );
}

/**
 * Where a page in a folder finds a record's audio: a relative address, with the part that was heard.
 * @returns `null` when there is no such file.
 */
export function clipAddress(folder: string, record: ScoredRecord, pageFolder: string): string | null {
  const path = resolve(folder, record.audioPath);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  const { audioOffsetSeconds: start, durationSeconds } = record;
  const address = relative(pageFolder, path).split(sep).map(encodeURIComponent).join('/');
  return start > 0 || record.isExcerpt ? `${address}#t=${start},${start + durationSeconds}` : address;
}
