import type { TopLevelSpec } from 'vega-lite';
import type { Cell, CellSummary, Estimate, ReportInput } from '../types.ts';
import { accelerationLabel, CellNamer, compareCells } from './cell-names.ts';
import type { Chart, ChartPanel, DrawnChart } from './chart.ts';
import { accelerationShape, plotFrame, scaleFromZero, smallAccelerationColor, surroundingsShape } from './encodings.ts';
import { accelerationsOf } from './interval-plot.ts';
import { groupBy } from './group-by.ts';
import { type QuantityUnit, estimateText, unknownText } from './number-text.ts';
import {
  publishedColumn,
  publishedEntry,
  type PublishedFigure,
  publishedFigures,
  publishedText,
  sourceSentence,
} from './published.ts';
import type { FrontMemberships } from '../stats/front-membership.ts';
import { paretoFront } from '../stats/pareto-front.ts';

interface Price {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly metric: string;
  readonly unit: QuantityUnit;
  readonly axisTitle: string;
  readonly axisFormat: string;
}

interface Point {
  readonly summary: CellSummary;
  readonly x: number;
  readonly y: number;
  readonly price: Estimate;
  readonly error: Estimate;
  /** How likely it is to lie on the front; `null` if that was not computed. */
  readonly membership: number | null;
}

const frontNote =
  'Settings on the dashed front are those that no other setting beats in both. The front is drawn from point estimates; ' +
  'how full a mark is, and the percentage beside it, says how likely the setting is to lie on the front: the share of ' +
  'resamplings of the same speakers or utterances for all settings in which it does.';

/** What accuracy costs in time, while a person speaks and after, and in money. */
const prices: readonly Price[] = [
  {
    name: 'error-against-emission-delay',
    title: 'Error rate against emission delay',
    question: 'Which settings are worth choosing when words have to appear while somebody speaks?',
    metric: 'emissionDelayP50',
    unit: 'ms',
    axisTitle: 'Median emission delay of words (ms)',
    axisFormat: ',~f',
  },
  {
    name: 'error-against-latency',
    title: 'Error rate against latency',
    question: 'Which settings are worth choosing when an answer has to come soon?',
    metric: 'latencyP50',
    unit: 'ms',
    axisTitle: 'Median latency (ms)',
    axisFormat: ',~f',
  },
  {
    name: 'error-against-cost',
    title: 'Error rate against cost',
    question: 'Which settings are worth their money?',
    metric: 'costPerMinuteUsd',
    unit: 'usd-per-minute',
    axisTitle: 'Cost per audio minute (USD)',
    axisFormat: '$~g',
  },
];

/**
 * Error rate against each price of it.
 * @param memberships without which marks say only whether they lie on the front.
 */
export function errorTradeoffs(memberships: FrontMemberships): readonly Chart[] {
  return prices.map((price) => tradeoff(price, memberships[price.metric] ?? []));
}

function tradeoff(price: Price, memberships: FrontMemberships[string]): Chart {
  return {
    name: price.name,
    title: price.title,
    question: price.question,
    draw(input: ReportInput): DrawnChart | null {
      const points = pointsOf(price, input.summary.cells, memberships);
      // One price for everything leaves nothing to trade.
      if (new Set(points.map(({ x }) => x)).size < 2) return null;
      const namer = new CellNamer(input.summary.cells.map(({ cell }) => cell));
      // Only settings that heard the same speech can beat each other.
      const groups = groupBy(points, ({ summary: { cell, primaryUnit } }) =>
        JSON.stringify([cell.language, cell.corpus, primaryUnit]),
      );
      const publishedOf = (group: readonly Point[]): readonly PublishedFigure[] =>
        publishedFigures(
          input.run,
          group.map(({ summary }) => summary),
          group[0]!.summary.primaryMetric,
        );
      const published = [...groups.values()].flatMap(publishedOf);
      return {
        caption: frontNote + sourceSentence('Level lines', published),
        panels: [...groups.values()].map((group) => panel(price, group, namer, publishedOf(group))),
        table: tabulate(price, groups, namer, published),
      };
    },
  };
}

function pointsOf(
  price: Price,
  cells: readonly CellSummary[],
  memberships: FrontMemberships[string],
): readonly Point[] {
  return cells
    .toSorted((left, right) => compareCells(left.cell, right.cell))
    .flatMap((summary) => {
      const cost = summary.metrics[price.metric];
      const error = summary.metrics[summary.primaryMetric];
      if (cost?.value == null || error?.value == null) return [];
      const membership = memberships.find(({ cell }) => isSameCell(cell, summary.cell))?.probability ?? null;
      return [{ summary, x: cost.value, y: error.value, price: cost, error, membership }];
    });
}

function isSameCell(one: Cell, other: Cell): boolean {
  return compareCells(one, other) === 0;
}

function panel(
  price: Price,
  points: readonly Point[],
  namer: CellNamer,
  published: readonly PublishedFigure[],
): ChartPanel {
  const { cell } = points[0]!.summary;
  const title = namer.place(cell);
  const front = paretoFront(points);
  const names = front.map(({ summary }) => namer.cell(summary.cell));
  return {
    title,
    description: `${price.title}, ${title}: ${points.length} settings, on the front: ${names.join(', ')}.`,
    spec: specify(price, points, front, namer, published),
  };
}

function specify(
  price: Price,
  points: readonly Point[],
  front: readonly Point[],
  namer: CellNamer,
  published: readonly PublishedFigure[],
): TopLevelSpec {
  const end = Math.max(...points.map(({ x, price: { interval } }) => interval?.high ?? x));
  const values = points.map((point) => ({
    acceleration: accelerationLabel(point.summary.cell.acceleration),
    surroundings: namer.surroundings(point.summary.cell),
    name: [point.summary.cell.acceleration, ...(point.membership === null ? [] : [shareText(point.membership)])].join(
      ' ',
    ),
    x: point.x,
    xLow: point.price.interval?.low ?? point.x,
    xHigh: point.price.interval?.high ?? point.x,
    y: point.y,
    yLow: point.error.interval?.low ?? point.y,
    yHigh: point.error.interval?.high ?? point.y,
    filled: front.includes(point),
    isLate: point.x > 0.75 * end,
    membership: point.membership ?? (front.includes(point) ? 1 : 0),
    text: [
      namer.cell(point.summary.cell),
      `${point.summary.primaryMetric.toUpperCase()}: ${estimateText(point.error, 'fraction')}`,
      `${price.axisTitle}: ${estimateText(point.price, price.unit)}`,
      front.includes(point) ? 'on the front' : 'beaten by another setting in both',
      ...(point.membership === null ? [] : [`on the front in ${shareText(point.membership)} of resamplings`]),
    ].join('\n'),
  }));
  const surroundings = [...new Set(values.map((value) => value.surroundings))];
  const severalSeries = surroundings.length > 1;
  const color = smallAccelerationColor(accelerationsOf(points.map(({ summary }) => summary)));
  const errorName = points[0]!.summary.primaryUnit === 'word' ? 'Word error rate' : 'Character error rate';
  const x = {
    field: 'x',
    type: 'quantitative',
    scale: scaleFromZero(values.map(({ xHigh }) => xHigh)),
    axis: { title: price.axisTitle, format: price.axisFormat, tickCount: 4 },
  } as const;
  const y = {
    field: 'y',
    type: 'quantitative',
    scale: scaleFromZero([...values.map(({ yHigh }) => yHigh), ...published.map(({ value }) => value)]),
    axis: { title: errorName, format: '~%', tickCount: 4 },
  } as const;
  return {
    ...plotFrame,
    height: 200,
    data: { values },
    layer: [
      {
        data: { values: front.map((point) => ({ x: point.x, y: point.y })) },
        mark: {
          type: 'line',
          interpolate: 'step-after',
          strokeDash: [5, 3],
          strokeWidth: 1.5,
          style: 'reference',
          aria: false,
        },
        encoding: { x, y },
      },
      {
        mark: { type: 'rule', opacity: 0.5, aria: false },
        encoding: { x: { ...x, field: 'xLow' }, x2: { field: 'xHigh' }, y, color },
      },
      {
        mark: { type: 'rule', opacity: 0.5, aria: false },
        encoding: { x, y: { ...y, field: 'yLow' }, y2: { field: 'yHigh' }, color },
      },
      {
        mark: { type: 'point', size: 70, opacity: 1, strokeWidth: 2, aria: false },
        encoding: {
          x,
          y,
          color,
          shape: severalSeries ? surroundingsShape(surroundings) : { ...accelerationShape, legend: color.legend },
          fillOpacity: {
            field: 'membership',
            type: 'quantitative',
            scale: { domain: [0, 1], range: [0, 1] },
            legend: null,
          },
          fill: color,
          tooltip: { field: 'text' },
        },
      },
      // Names for the marks that matter; more would cover each other. Near the right edge they stand before their mark.
      ...([true, false] as const).map((isLate) => ({
        transform: [{ filter: `datum.filled && datum.isLate === ${isLate}` }],
        mark: {
          type: 'text',
          align: isLate ? 'right' : 'left',
          baseline: 'bottom',
          dx: isLate ? -6 : 6,
          dy: -3,
          style: 'remark',
          aria: false,
        } as const,
        encoding: { x, y, text: { field: 'name' } } as const,
      })),
      ...(published.length === 0 ? [] : publishedLines(published, y)),
    ],
  };
}

/** Others measured no price, so that their figures are lines across all prices. */
function publishedLines<Y extends object>(published: readonly PublishedFigure[], y: Y) {
  const values = published.map((figure) => ({
    y: figure.value,
    name: ['published', ...(figure.acceleration === undefined ? [] : [figure.acceleration])].join(' '),
    text: publishedText(figure),
  }));
  return [
    {
      data: { values },
      mark: { type: 'rule', style: 'published', aria: false },
      encoding: { y, tooltip: { field: 'text' } },
    },
    {
      data: { values },
      mark: { type: 'text', align: 'right', baseline: 'bottom', dy: -2, style: 'remark', aria: false },
      encoding: { y, x: { value: { expr: 'width' } }, text: { field: 'name' } },
    },
  ] as const;
}

function tabulate(
  price: Price,
  groups: ReadonlyMap<string, readonly Point[]>,
  namer: CellNamer,
  published: readonly PublishedFigure[],
): DrawnChart['table'] {
  const isPublished = published.length > 0;
  return {
    columns: [
      ...['Cell', 'Error rate', price.axisTitle, 'On the front', 'Probability to be on it'],
      ...(isPublished ? [publishedColumn] : []),
    ],
    rows: [...groups.values()].flatMap((points) => {
      const front = paretoFront(points);
      return points.map((point) => [
        namer.cell(point.summary.cell),
        `${point.summary.primaryMetric.toUpperCase()} ${estimateText(point.error, 'fraction')}`,
        estimateText(point.price, price.unit),
        front.includes(point) ? 'yes' : 'no',
        point.membership === null ? unknownText : shareText(point.membership),
        ...(isPublished ? [publishedEntry(published, point.summary.cell)] : []),
      ]);
    }),
  };
}

function shareText(share: number): string {
  return `${Math.round(share * 100)}%`;
}
