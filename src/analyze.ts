import type { ErrorAnalysis, ErrorClassName, RecordErrors } from './analysis/analysis.ts';
import { classifyErrors } from './analysis/classify.ts';
import type { WordLore } from './analysis/error-classes/error-class.ts';
import { errorClasses } from './analysis/error-classes/index.ts';
import { flagHallucinations } from './analysis/flag-hallucinations.ts';
import { profileErrors } from './analysis/profile.ts';
import { loadWordLore } from './analysis/word-lore.ts';
import { groupByCell } from './metrics/by-cell.ts';
import { primaryLanguage } from './text/language.ts';
import type { Cell, ScoredRecord } from './types.ts';

/**
 * Tells what went wrong in scored records: the class of every error, signs of hallucination, and what happened often,
 * per cell and over all.
 *
 * Of several records with one key the last counts. Failed records have no errors, only no answer. Asynchronous
 * because stemmers are loaded for the languages that occur.
 */
export async function analyze(records: readonly ScoredRecord[]): Promise<ErrorAnalysis> {
  const lores = await loadLores(records);
  const cells: { cell: Cell; answered: (readonly [ScoredRecord, RecordErrors])[] }[] = [];
  for (const ofCell of groupByCell(records).values()) {
    const answered = ofCell.flatMap((record): (readonly [ScoredRecord, RecordErrors])[] => {
      if (record.alignment === null) return [];
      const errors = classifyErrors(record.alignment, lores.get(record.cell.language)!);
      return [[record, { errors, hallucinations: flagHallucinations(record) }]];
    });
    cells.push({ cell: ofCell[0]!.cell, answered });
  }
  const all = cells.flatMap(({ answered }) => answered);
  return {
    overall: profileErrors(all),
    cells: cells.map(({ cell, answered }) => ({ cell, ...profileErrors(answered) })),
    unknownLanguages: unknownLanguages([...lores.values()]),
    records: new Map(all.map(([{ key }, found]) => [key, found])),
  };
}

async function loadLores(records: readonly ScoredRecord[]): Promise<Map<string, WordLore>> {
  const languages = new Set(records.map(({ cell }) => cell.language));
  return new Map(
    await Promise.all([...languages].map(async (language) => [language, await loadWordLore(language)] as const)),
  );
}

function unknownLanguages(lores: readonly WordLore[]): Partial<Record<ErrorClassName, readonly string[]>> {
  const unknown: Partial<Record<ErrorClassName, readonly string[]>> = {};
  for (const errorClass of errorClasses) {
    const languages = lores
      .filter((lore) => !errorClass.isKnown(lore))
      .map(({ language }) => primaryLanguage(language));
    if (languages.length > 0) unknown[errorClass.name] = [...new Set(languages)].toSorted();
  }
  return unknown;
}
