import type { Acceleration, Cell, RunInfo } from '../types.ts';

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

/** The published figures that a sweep's configuration cites. */
export function publishedFigures({ config }: RunInfo): readonly PublishedFigure[] {
  const { published } = (config ?? {}) as { readonly published?: readonly PublishedFigure[] };
  return published ?? [];
}

/** Whether a figure is of the cell's corpus, language and, where it names one, acceleration. */
export function isFigureOf(figure: PublishedFigure, cell: Cell): boolean {
  return (
    figure.language === cell.language &&
    (figure.corpus === undefined || figure.corpus === cell.corpus) &&
    (figure.acceleration === undefined || figure.acceleration === cell.acceleration)
  );
}
