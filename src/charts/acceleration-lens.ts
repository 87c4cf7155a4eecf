import type { TopLevelSpec } from 'vega-lite';
import type { Comparison } from '../stats/comparison.ts';
import type { CellSummary, Estimate, RunInfo } from '../types.ts';
import { accelerationOrder, CellNamer, chunkSeconds, compareCells } from './cell-names.ts';
import type { Chart, ChartPanel, DrawnChart } from './chart.ts';
import { plotFrame, seriesColor } from './encodings.ts';
import { type QuantityUnit, estimateText, pointsText, unknownText } from './number-text.ts';
import { publishedFigures, type PublishedLoss, publishedLosses, sourceSentence } from './published.ts';

interface Measure {
  readonly title: string;
  readonly axisTitle: string;
  readonly axisFormat: string;
  /** What a value in a cell's metrics is multiplied by to stand at the axis. */
  readonly factor: number;
  readonly metric: string;
  readonly unit: QuantityUnit;
}

const measures: readonly Measure[] = [
  {
    title: 'Delay of words, median',
    axisTitle: 'ms',
    axisFormat: ',~f',
    factor: 1,
    metric: 'emissionDelayP50',
    unit: 'ms',
  },
  { title: 'First text, median', axisTitle: 'ms', axisFormat: ',~f', factor: 1, metric: 'firstPartialP50', unit: 'ms' },
  { title: 'Final text, median', axisTitle: 'ms', axisFormat: ',~f', factor: 1, metric: 'latencyP50', unit: 'ms' },
  { title: 'Churn of words shown', axisTitle: 'UPWR', axisFormat: '~g', factor: 1, metric: 'upwr', unit: 'ratio' },
  {
    title: 'Punctuation errors',
    axisTitle: 'rate',
    axisFormat: '~%',
    factor: 1,
    metric: 'punctuationErrorRate',
    unit: 'fraction',
  },
  {
    title: 'Cost per 1,000 minutes',
    axisTitle: 'USD',
    axisFormat: '$~g',
    factor: 1000,
    metric: 'costPerMinuteUsd',
    unit: 'usd-per-minute',
  },
];

/** A value with its interval at one chunk length. */
interface Point {
  readonly summary: CellSummary;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
  /** What others published of the same. */
  readonly published?: readonly PublishedLoss[];
}

/** Everything that a shorter chunk gives and takes, side by side for each language. */
export function accelerationLens(comparisons: readonly Comparison[]): Chart {
  return {
    name: 'acceleration-lens',
    title: 'What a shorter chunk gives and takes',
    question: 'What does each acceleration cost in accuracy, and what does it save in waiting, language by language?',
    draw({ summary, run }): DrawnChart | null {
      const cells = summary.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
      if (new Set(cells.map(({ cell }) => cell.acceleration)).size < 2) return null;
      const namer = new CellNamer(cells.map(({ cell }) => cell));
      const drawn = [
        { title: 'Error rate lost', axisTitle: 'points', axisFormat: '~f', points: losses(cells, comparisons, run) },
        ...measures.map((measure) => ({ ...measure, points: pointsOf(cells, measure) })),
      ].filter(({ points }) => points.length > 0);
      if (drawn.length === 0) return null;
      return {
        caption:
          'From left to right chunks get shorter; each small plot is a language, and all plots of a block share their axis. ' +
          'Lines are 95% intervals. The error rate is compared with the longest chunk on the same utterances: above 0 is ' +
          'worse. Churn counts words that were shown and withdrawn, per word of the final text.' +
          sourceSentence(
            'Bars across',
            drawn.flatMap(({ points }) => points.flatMap(({ published }) => published ?? [])),
          ),
        panels: drawn.map(({ title, axisTitle, axisFormat, points }) =>
          panel(title, axisTitle, axisFormat, points, namer),
        ),
        table: {
          columns: ['Cell', ...drawn.map(({ title }) => title)],
          rows: cells.map((cell) => [
            namer.cell(cell.cell),
            ...drawn.map(({ points }) => points.find((point) => point.summary === cell)?.text ?? unknownText),
          ]),
        },
      };
    },
  };
}

/** Paired differences to the longest chunk of the same backend, whose own is 0 by definition. */
function losses(cells: readonly CellSummary[], comparisons: readonly Comparison[], run: RunInfo): readonly Point[] {
  return cells.flatMap((summary): Point[] => {
    const isCandidate = ({ candidate }: Comparison): boolean => compareCells(candidate, summary.cell) === 0;
    const comparison = comparisons.find((one) => isCandidate(one) && isWithinBackend(one));
    if (comparison?.difference != null) {
      const { value, interval95 } = comparison.difference;
      const ends = { low: interval95.low * 100, high: interval95.high * 100 };
      const interval = `${pointsText(interval95.low)} to ${pointsText(interval95.high)}`;
      const figures = publishedFigures(run, cells, summary.primaryMetric);
      const published = publishedLosses(figures, comparison.baseline, summary.cell);
      return [{ summary, value: value * 100, ...ends, text: `${pointsText(value)} (${interval})`, published }];
    }
    const isBaseline = comparisons.some(
      (one) => isWithinBackend(one) && one.difference !== null && compareCells(one.baseline, summary.cell) === 0,
    );
    return isBaseline ? [{ summary, value: 0, low: null, high: null, text: 'baseline' }] : [];
  });
}

function isWithinBackend({ baseline, candidate }: Comparison): boolean {
  return baseline.backend === candidate.backend && baseline.acceleration !== candidate.acceleration;
}

function pointsOf(cells: readonly CellSummary[], { metric, unit, factor }: Measure): readonly Point[] {
  return cells.flatMap((summary) => {
    const estimate: Estimate | undefined = summary.metrics[metric];
    if (estimate?.value == null) return [];
    const { value, interval } = estimate;
    const scaled = (end: number | undefined): number | null => (end === undefined ? null : end * factor);
    const ends = { low: scaled(interval?.low), high: scaled(interval?.high) };
    return [{ summary, value: value * factor, ...ends, text: estimateText(estimate, unit) }];
  });
}

function panel(
  title: string,
  axisTitle: string,
  axisFormat: string,
  points: readonly Point[],
  namer: CellNamer,
): ChartPanel {
  const values = points.map(({ summary: { cell }, value, low, high, text, published = [] }) => ({
    language: namer.varies('corpus') ? `${cell.language} ${cell.corpus}` : cell.language,
    surroundings: namer.variant(cell),
    chunk: chunkSeconds(cell.acceleration),
    value,
    low,
    high,
    text: `${namer.cell(cell)}\n${title}: ${text}`,
    published: published.map((loss) => ({
      value: loss.value * 100,
      text: `Published: ${pointsText(loss.value)}\n${loss.source}`,
    })),
  }));
  const languages = [...new Set(values.map(({ language }) => language))];
  const chunks = accelerationOrder.map(chunkSeconds).filter((chunk) => values.some((one) => one.chunk === chunk));
  const x = {
    field: 'chunk',
    type: 'ordinal',
    sort: chunks,
    scale: { padding: 0.3 },
    // The ends alone have room.
    axis: {
      title: null,
      labelAngle: 0,
      labelFontSize: 10,
      labelOverlap: false,
      labelExpr: "datum.index === 0 || datum.index === 1 ? format(datum.value, '.2f') + ' s' : ''",
      grid: false,
    },
  } as const;
  const y = {
    type: 'quantitative',
    axis: { title: axisTitle, format: axisFormat, tickCount: 3, labelFontSize: 10 },
  } as const;
  const color = seriesColor([...new Set(values.map(({ surroundings }) => surroundings))]);
  const spec: TopLevelSpec = {
    $schema: plotFrame.$schema,
    data: { values },
    facet: { field: 'language', type: 'nominal', sort: languages, title: null, header: { labelPadding: 2 } },
    columns: 3,
    spacing: 12,
    spec: {
      width: 72,
      height: 60,
      layer: [
        {
          mark: { type: 'rule', opacity: 0.6, strokeWidth: 2, aria: false },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'line', strokeWidth: 1.5, aria: false },
          encoding: { x, y: { ...y, field: 'value' }, color },
        },
        {
          mark: { type: 'point', filled: true, size: 30, opacity: 1, aria: false },
          encoding: { x, y: { ...y, field: 'value', scale: { zero: true } }, color, tooltip: { field: 'text' } },
        },
        ...(values.every((one) => one.published.length === 0)
          ? []
          : [
              {
                transform: [{ flatten: ['published'] }],
                mark: {
                  type: 'tick',
                  style: 'published',
                  orient: 'horizontal',
                  thickness: 2,
                  size: 14,
                  aria: false,
                } as const,
                encoding: { x, y: { ...y, field: 'published.value' } as const, tooltip: { field: 'published.text' } },
              },
            ]),
      ],
    },
  };
  const ordered = points.toSorted((left, right) => left.value - right.value);
  const [least, most] = [ordered[0]!, ordered.at(-1)!].map(
    ({ summary, text }) => `${text} in ${namer.cell(summary.cell)}`,
  );
  return {
    title,
    description: `${title} against chunk length in ${languages.length} languages: from ${least!} to ${most!}.`,
    spec,
  };
}
