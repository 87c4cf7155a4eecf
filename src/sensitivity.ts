import type { CellSensitivity, NormalizerSensitivity, PresetRate } from './analysis/analysis.ts';
import { comparable, rankFlips } from './analysis/rank-flips.ts';
import { type EffectOfRules, RuleCounter } from './analysis/rule-effects.ts';
import { groupByCell } from './metrics/by-cell.ts';
import { type NormalizerName, normalizers } from './normalizers/index.ts';
import { primaryLanguage } from './text/language.ts';
import type { ScoredRecord } from './types.ts';

/** From the text as it stands to the default, in the order of columns. */
const PRESETS: readonly NormalizerName[] = [
  'raw',
  'case-punctuation',
  'whisper-basic',
  'whisper-english',
  'open-asr',
  'earshot',
];

/**
 * Scores the same transcripts under every preset and tells which cells change places, and by which rules.
 *
 * Error rates are of each record's primary unit, over answered records. `whisper-english` is for English alone.
 * @returns `null` without records, or where their normalizer is no preset of this version.
 */
export function measureSensitivity(records: readonly ScoredRecord[]): NormalizerSensitivity | null {
  const own = records[0]?.normalizer.split('@')[0];
  if (!isPreset(own)) return null;
  const cellsByLanguage = new Map<string, ScoredRecord[][]>();
  for (const ofCell of groupByCell(records).values()) {
    const { language } = ofCell[0]!.cell;
    cellsByLanguage.set(language, [...(cellsByLanguage.get(language) ?? []), ofCell]);
  }
  const cells = ranked([...cellsByLanguage].flatMap(([language, ofLanguage]) => measureCells(language, ofLanguage)));
  return { normalizer: own, presets: PRESETS, cells, flips: rankFlips(cells, own, PRESETS) };
}

function isPreset(name: string | undefined): name is NormalizerName {
  return name !== undefined && Object.hasOwn(normalizers, name);
}

/** One preset after the other, so that only one preset's texts are in memory. */
function measureCells(language: string, cells: readonly (readonly ScoredRecord[])[]): CellSensitivity[] {
  const isEnglish = primaryLanguage(language) === 'en';
  const effects = PRESETS.map((preset) => {
    if (preset === 'whisper-english' && !isEnglish) return null;
    const counter = new RuleCounter(normalizers[preset], language);
    return cells.map((records) => counter.count(records));
  });
  return cells.map((records, i) => ({
    cell: records[0]!.cell,
    asWritten: effects[0]![i]!.asWritten,
    presets: Object.fromEntries(PRESETS.map((preset, k) => [preset, unrankedRate(effects[k]?.[i])])),
  }));
}

function unrankedRate(effect: EffectOfRules | undefined): PresetRate {
  return { rate: effect?.rate ?? null, interval: effect?.interval ?? null, rank: null, rules: effect?.rules ?? [] };
}

function ranked(cells: readonly CellSensitivity[]): CellSensitivity[] {
  return comparable(cells).flatMap((group) =>
    group.map((one) => ({
      ...one,
      presets: Object.fromEntries(
        Object.entries(one.presets).map(([preset, own]) => {
          const better = group.filter(({ presets }) => isBelow(presets[preset]!.rate, own.rate));
          return [preset, { ...own, rank: own.rate === null ? null : better.length + 1 }];
        }),
      ),
    })),
  );
}

function isBelow(left: number | null, right: number | null): boolean {
  return left !== null && right !== null && left < right;
}
