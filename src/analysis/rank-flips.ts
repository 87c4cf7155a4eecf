import { cellId } from '../metrics/by-cell.ts';
import type { NormalizerName } from '../normalizers/index.ts';
import type { CellSensitivity, PresetRate, RankFlip, RuleEffect } from './analysis.ts';

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
export function rankFlips(
  cells: readonly CellSensitivity[],
  own: NormalizerName,
  presets: readonly NormalizerName[],
): RankFlip[] {
  const flips = comparable(cells).flatMap((group) =>
    group.flatMap((better) =>
      group.flatMap((worse) => presets.flatMap((preset) => flipOf(better, worse, own, preset) ?? [])),
    ),
  );
  const size = ({ difference, presetDifference }: RankFlip): number => Math.min(difference, -presetDifference);
  return flips.toSorted((left, right) => size(right) - size(left) || (nameOf(left) < nameOf(right) ? -1 : 1));
}

function flipOf(
  better: CellSensitivity,
  worse: CellSensitivity,
  own: NormalizerName,
  preset: NormalizerName,
): RankFlip | null {
  const difference = differenceOf(better.presets[own]!, worse.presets[own]!);
  const presetDifference = differenceOf(better.presets[preset]!, worse.presets[preset]!);
  if (difference === null || presetDifference === null || difference <= 0 || presetDifference >= 0) return null;
  const shifts = new Map<string, number>();
  const add = (rules: readonly RuleEffect[], sign: number): void => {
    for (const { rule, reduction } of rules) shifts.set(rule, (shifts.get(rule) ?? 0) + sign * reduction);
  };
  // What a rule takes off the worse cell makes the difference smaller, and the other way round.
  add(worse.presets[preset]!.rules, -1);
  add(better.presets[preset]!.rules, 1);
  add(worse.presets[own]!.rules, 1);
  add(better.presets[own]!.rules, -1);
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
