import type { ErrorAnalysis } from '../analysis/analysis.ts';
import { errorClassTitles } from '../analysis/class-titles.ts';
import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { quantityText } from '../charts/number-text.ts';
import { escapeMarkdown, markdownTable } from './markdown-text.ts';

const LISTED = 3;
const shownCharacters = 40;

/** Shares of the classes, the most frequent confusions, and answers with signs of hallucination, per cell. */
export function markdownErrors(analysis: ErrorAnalysis): string[] {
  if (analysis.overall.errors === 0) return [];
  const cells = analysis.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  const namer = new CellNamer(cells.map(({ cell }) => cell));
  const shown = errorClassTitles.filter(({ name }) => analysis.overall.classes[name] > 0);
  const rows = cells.map(({ cell, errors, classes, hallucinated, confusions }) => [
    escapeMarkdown(namer.cell(cell)),
    String(errors),
    ...shown.map(({ name }) => quantityText(errors === 0 ? null : classes[name] / errors, 'fraction')),
    String(hallucinated),
    confusions
      .slice(0, LISTED)
      .map(({ reference, hypothesis, count }) => `${shortText(reference)} → ${shortText(hypothesis)} × ${count}`)
      .join('; '),
  ]);
  const head = ['Cell', 'Errors', ...shown.map(({ title }) => title), 'Looks made up', 'Most frequent confusions'];
  return ['## Errors', markdownTable(head, rows)];
}

function shortText(text: string): string {
  const characters = Array.from(text);
  return escapeMarkdown(
    characters.length > shownCharacters ? `${characters.slice(0, shownCharacters).join('')}…` : text,
  );
}
