import { comparePresets } from '../compare-presets.ts';
import type { CompareInput } from '../compare.ts';
import type { Config } from '../config.ts';
import { readClip } from '../read-run.ts';
import { renderGatePage } from '../report/gate/page.ts';
import { runDifferences, type RunFacts } from '../run-differences.ts';
import type { Comparison } from '../stats/comparison.ts';
import type { GateResult } from '../stats/gate-result.ts';
import { summarize } from '../summarize.ts';
import type { Cell } from '../types.ts';
import { ownCommand } from './own-command.ts';
import type { SelectedRun } from './select-run.ts';
import type { BaselineAnswer } from '../report/gate/changed-utterances.ts';

/** What a run is held against: another run, or a file. */
export interface BaselineSide {
  readonly name: string;
  readonly facts: RunFacts;
  readonly answers: readonly BaselineAnswer[];
  /** `null` for a file. */
  readonly selected: SelectedRun | null;
}

interface Judged {
  readonly baseline: BaselineSide;
  readonly candidate: SelectedRun;
  readonly comparisons: readonly Comparison[];
  /** Cells of the candidate without a counterpart, where no gate says so. */
  readonly unmatched?: readonly Cell[];
  readonly gate: GateResult | null;
  readonly margin: CompareInput['margin'];
}

/** Draws the page of a comparison, with what the folders still hold: clips, and transcripts to score again. */
export function gatePage({ baseline, candidate, comparisons, gate, margin, unmatched = [] }: Judged): Promise<string> {
  const { seed } = candidate.run.config as Config;
  const input = ({ run, records }: SelectedRun) => ({ run, records, summary: summarize({ run, records, seed }) });
  const { selected } = baseline;
  return renderGatePage({
    candidate: input(candidate),
    baseline: {
      name: baseline.name,
      createdAt: baseline.facts.createdAt,
      run: selected && input(selected),
      answers: baseline.answers,
    },
    comparisons,
    unmatched,
    gate,
    presets: selected && comparePresets(selected.rescored, candidate.rescored, { margin, seed }),
    differences: runDifferences(baseline.facts, candidate.run).map(({ text }) => text),
    command: ownCommand(),
    loadClip: (record) => readClip(candidate.folder, record),
  });
}
