import type { CellSummary } from '../../types.ts';
import type { ChoiceInput } from './choice.ts';
import { recommend } from './recommend.ts';
import { settingGroups } from './setting-groups.ts';

/** The answer to “which setting?” in a sentence or a few per language, plain text. */
export function answers(cells: readonly CellSummary[], { comparisons, limits, take }: ChoiceInput): readonly string[] {
  return settingGroups(cells, comparisons)
    .filter(({ settings }) => settings.length > 1)
    .map((group) => `For ${group.name}: ${recommend(group, limits, take).answer}`);
}
