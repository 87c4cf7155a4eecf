import type { NormalizerSensitivity } from '../analysis/analysis.ts';
import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { countText, quantityText } from '../charts/number-text.ts';
import { flipSentence } from './flip-sentence.ts';
import { escapeMarkdown, markdownTable } from './markdown-text.ts';

const LISTED = 5;

/** Error rates under every preset, and the settings that change places. */
export function markdownSensitivity({ normalizer, presets, cells: unsorted, flips }: NormalizerSensitivity): string[] {
  const cells = unsorted.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  const rows = cells.map(({ cell, presets: rates }) => [
    escapeMarkdown(namer.cell(cell)),
    ...presets.map((preset) => {
      const { rate, rank } = rates[preset]!;
      return `${quantityText(rate, 'fraction')}${rank === null ? '' : ` (${rank})`}`;
    }),
  ]);
  return [
    '## Normalizer sensitivity',
    'The primary error rate under every preset; in parentheses the rank among the settings of one language and corpus.',
    markdownTable(['Cell', ...presets], rows),
    ...(flips.length === 0
      ? []
      : [
          `Settings in another order than under ${normalizer}, with what the rules did to the difference (${countText(flips.length, 'case')}):`,
          flips
            .slice(0, LISTED)
            .map((flip) => `- ${escapeMarkdown(flipSentence(flip, normalizer, namer))}`)
            .join('\n'),
        ]),
  ];
}
