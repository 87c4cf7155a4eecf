import type { TopLevelSpec } from 'vega-lite';
import type { CellSummary } from '../types.ts';
import { accelerationLabel, accelerationOrder, CellNamer, compareCells } from './cell-names.ts';
import type { Chart, ChartPanel } from './chart.ts';
import { plotFrame } from './encodings.ts';
import { groupBy } from './group-by.ts';
import { estimateText, quantityText } from './number-text.ts';

/** Error rates of all languages and accelerations at a glance, a panel per backend. */
export const errorHeatMap: Chart = {
  name: 'error-heat-map',
  title: 'Error rate by language and acceleration at a glance',
  question: 'Where are the errors?',
  draw({ summary }) {
    const cells = summary.cells
      .filter((cell) => cell.metrics[cell.primaryMetric]?.value != null)
      .toSorted((left, right) => compareCells(left.cell, right.cell));
    const languages = new Set(cells.map(({ cell }) => cell.language));
    // One row or one column is read better as a list.
    if (languages.size < 2 || new Set(cells.map(({ cell }) => cell.acceleration)).size < 2) return null;
    const namer = new CellNamer(cells.map(({ cell }) => cell));
    const groups = groupBy(cells, (cell) =>
      [cell.primaryMetric.toUpperCase(), namer.surroundings(cell.cell)].filter((part) => part !== '').join(' · '),
    );
    return {
      caption:
        'Darker is more errors; a color means the same rate in all panels of one measure. Word and character error rates ' +
        'are not comparable with each other.',
      panels: [...groups].map(([title, group]) => panel(title, group, cells)),
      table: {
        columns: ['Cell', 'Error rate'],
        rows: cells.map((cell) => [
          namer.cell(cell.cell),
          `${cell.primaryMetric.toUpperCase()} ${estimateText(cell.metrics[cell.primaryMetric], 'fraction')}`,
        ]),
      },
    };
  },
};

function rateOf(cell: CellSummary): number {
  return cell.metrics[cell.primaryMetric]!.value!;
}

function panel(title: string, group: readonly CellSummary[], all: readonly CellSummary[]): ChartPanel {
  const values = group.map((summary) => ({
    language: summary.cell.language,
    acceleration: accelerationLabel(summary.cell.acceleration),
    rate: rateOf(summary),
    label: quantityText(rateOf(summary), 'fraction'),
    text: `${summary.cell.language} ${accelerationLabel(summary.cell.acceleration)}\n${estimateText(summary.metrics[summary.primaryMetric], 'fraction')}`,
  }));
  const highest = Math.max(
    0.01,
    ...all.filter(({ primaryMetric }) => primaryMetric === group[0]!.primaryMetric).map(rateOf),
  );
  const languages = [...new Set(values.map(({ language }) => language))];
  const settings = accelerationOrder
    .map(accelerationLabel)
    .filter((label) => values.some(({ acceleration }) => acceleration === label));
  const axis = { title: null, grid: false, ticks: false, domain: false } as const;
  const place = {
    x: {
      field: 'acceleration',
      type: 'nominal',
      sort: settings,
      axis: { ...axis, orient: 'top', labelAngle: 0, labelExpr: "split(datum.label, ' ')[0]" },
    },
    y: { field: 'language', type: 'nominal', sort: languages, axis: { ...axis, labelLimit: 140, labelPadding: 6 } },
  } as const;
  const spec: TopLevelSpec = {
    ...plotFrame,
    height: 26 * languages.length,
    data: { values },
    encoding: place,
    layer: [
      {
        mark: { type: 'rect', style: 'cell', aria: false },
        encoding: {
          // Not beyond a half, so that the figure on it can be read in either theme.
          opacity: {
            field: 'rate',
            type: 'quantitative',
            scale: { domain: [0, highest], range: [0.04, 0.5] },
            legend: null,
          },
          tooltip: { field: 'text' },
        },
      },
      { mark: { type: 'text', style: 'label', aria: false }, encoding: { text: { field: 'label' } } },
    ],
  };
  const worst = group.reduce((one, other) => (rateOf(other) > rateOf(one) ? other : one));
  return {
    title,
    description:
      `${title}, ${languages.length} languages by ${settings.length} accelerations. Most errors: ` +
      `${worst.cell.language} ${worst.cell.acceleration} with ${quantityText(rateOf(worst), 'fraction')}.`,
    spec,
  };
}
