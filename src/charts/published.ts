import type { Acceleration, Cell, CellSummary, RunInfo } from '../types.ts';
import { quantityText } from './number-text.ts';

/** A figure of somebody else, to stand beside ours. */
export interface PublishedFigure {
  readonly corpus?: string;
  readonly language: string;
  readonly acceleration?: Acceleration;
  readonly metric: 'wer' | 'cer';
  /** A fraction. */
  readonly value: number;
  readonly source: string;
}

/** The figures that a sweep's configuration cites and that are of one of some cells, which show the given metric. */
export function publishedFigures(
  { config }: RunInfo,
  cells: readonly CellSummary[],
  metric: string,
): readonly PublishedFigure[] {
  const { published = [] } = (config ?? {}) as { readonly published?: readonly PublishedFigure[] };
  return published.filter((figure) => figure.metric === metric && cells.some(({ cell }) => isFigureOf(figure, cell)));
}

/** Whether a figure is of the cell's corpus, language and, where it names one, acceleration. */
export function isFigureOf(figure: PublishedFigure, cell: Cell): boolean {
  return (
    figure.language === cell.language &&
    (figure.corpus === undefined || figure.corpus === cell.corpus) &&
    (figure.acceleration === undefined || figure.acceleration === cell.acceleration)
  );
}

/** What one source says that a setting loses against another. */
export interface PublishedLoss {
  /** A fraction. */
  readonly value: number;
  readonly source: string;
}

/** The differences of two cells that lie in one source's figures for their settings. */
export function publishedLosses(
  figures: readonly PublishedFigure[],
  baseline: Cell,
  candidate: Cell,
): readonly PublishedLoss[] {
  const of = (cell: Cell) => figures.filter((figure) => figure.acceleration !== undefined && isFigureOf(figure, cell));
  return of(candidate).flatMap(({ value, source, corpus }) =>
    of(baseline)
      .filter((figure) => figure.source === source && figure.corpus === corpus)
      .map((figure) => ({ value: value - figure.value, source })),
  );
}

/** Says who published the figures that a chart shows, or nothing where it shows none. */
export function sourceSentence(marks: string, figures: readonly { readonly source: string }[]): string {
  const sources = [...new Set(figures.map(({ source }) => source))];
  return sources.length === 0 ? '' : ` ${marks} are figures that others published: ${sources.join('; ')}.`;
}

/** What stands beside a mark of a published figure. */
export function publishedText({ value, source }: PublishedFigure): string {
  return `Published: ${quantityText(value, 'fraction')}\n${source}`;
}

/** A cell's published figures, for a table. */
export function publishedEntry(figures: readonly PublishedFigure[], cell: Cell): string {
  return figures
    .filter((figure) => isFigureOf(figure, cell))
    .map(({ value, source }) => `${quantityText(value, 'fraction')}, ${source}`)
    .join('; ');
}

/** The column of {@link publishedEntry}. */
export const publishedColumn = 'Published by others';
