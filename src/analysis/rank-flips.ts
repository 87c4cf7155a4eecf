import { cellId } from '../metrics/by-cell.ts';
import type { CellSensitivity, PresetRate, RankFlip } from './analysis.ts';

/** Cells whose rates may be compared: of one corpus and language. */
export function comparable(cells: readonly CellSensitivity[]): CellSensitivity[][] {
  const groups = new Map<string, CellSensitivity[]>();
  for (const one of cells) {
    const key = JSON.stringify([one.cell.corpus, one.cell.language]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** The pairs of comparable cells whose order under a preset is another than under the run's own normalizer. */
export function rankFlips(cells: readonly CellSensitivity[], own: string, presets: readonly string[]): RankFlip[] {
  const flips = comparable(cells).flatMap((group) =>
    group.flatMap((better) =>
      group.flatMap((worse) => presets.flatMap((preset) => flipOf(better, worse, own, preset) ?? [])),
    ),
  );
  const size = ({ difference, presetDifference }: RankFlip): number => Math.min(difference, -presetDifference);
  return flips.toSorted((left, right) => size(right) - size(left) || (nameOf(left) < nameOf(right) ? -1 : 1));
}

function flipOf(better: CellSensitivity, worse: CellSensitivity, own: string, preset: string): RankFlip | null {
  const difference = differenceOf(better.presets[own]!, worse.presets[own]!);
  const presetDifference = differenceOf(better.presets[preset]!, worse.presets[preset]!);
  if (difference === null || presetDifference === null || difference <= 0 || presetDifference >= 0) return null;
  const shifts = new Map<string, number>();
  const add = (name: string, sign: number): void => {
    const [left, right] = [better.presets[name]!.rules, worse.presets[name]!.rules];
    for (const [i, { rule, reduction }] of right.entries()) {
      shifts.set(rule, (shifts.get(rule) ?? 0) - sign * (reduction - left[i]!.reduction));
    }
  };
  add(preset, 1);
  add(own, -1);
  return {
    better: better.cell,
    worse: worse.cell,
    preset,
    difference,
    presetDifference,
    causes: [...shifts]
      .map(([rule, shift]) => ({ rule, shift }))
      .filter(({ shift }) => Math.abs(shift) > 1e-9)
      .toSorted((left, right) => Math.abs(right.shift) - Math.abs(left.shift)),
  };
}

function differenceOf(better: PresetRate, worse: PresetRate): number | null {
  return better.rate === null || worse.rate === null ? null : worse.rate - better.rate;
}

function nameOf({ better, worse, preset }: RankFlip): string {
  return JSON.stringify([cellId(better), cellId(worse), preset]);
}
