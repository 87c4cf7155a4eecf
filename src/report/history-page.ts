import { CellNamer } from '../charts/cell-names.ts';
import { drawHistory, type HistoryLine } from '../charts/history.ts';
import { type QuantityUnit, countText, quantityText } from '../charts/number-text.ts';
import type { Cell } from '../types.ts';
import { figures } from './chart-section.ts';
import { type Markup, html } from './markup.ts';
import { renderPage } from './page-frame.ts';
import { visibleText } from './transcript-text.ts';

/** One metric of one cell over runs, with the changes found in it. */
export interface HistoryPageSeries {
  readonly cell: Cell;
  readonly metric: string;
  readonly points: HistoryLine['points'];
  readonly changes: readonly {
    readonly folder: string;
    readonly before: number;
    readonly after: number;
    readonly q: number;
    readonly causes: readonly string[];
  }[];
}

const shownMetrics: readonly { readonly metric: string; readonly title: string; readonly unit: QuantityUnit }[] = [
  { metric: 'errorRate', title: 'Error rate', unit: 'fraction' },
  { metric: 'latencyP50', title: 'Median latency', unit: 'ms' },
  { metric: 'costPerMinuteUsd', title: 'Cost per audio minute', unit: 'usd-per-minute' },
];

/** Runs over time as one page. */
export async function renderHistory(
  series: readonly HistoryPageSeries[],
  runs: number,
  earshotVersion: string,
): Promise<string> {
  const namer = new CellNamer(series.map(({ cell }) => cell));
  const charts = await figures(
    shownMetrics.map(({ metric, title, unit }) => ({
      chart: { name: `history-${metric}`, title, question: 'When did it change, and with which run?' },
      drawn: drawHistory(
        title,
        unit,
        series
          .filter((one) => one.metric === metric)
          .map((one) => ({
            name: namer.cell(one.cell),
            points: one.points,
            changedIn: one.changes.map(({ folder }) => folder),
          })),
      ),
    })),
  );
  const changes = series.flatMap((one) => one.changes.map((change) => ({ ...one, change })));
  return renderPage({
    title: 'History · Earshot',
    earshotVersion,
    opening: html`<p class="eyebrow">Earshot history</p>
      <h1>${countText(runs, 'run')}</h1>
      <p class="lead">
        ${changes.length === 0 ? 'No change is shown.' : `${countText(changes.length, 'change')} of level.`}
      </p>
      <p>
        A change of the error rate is one of level in the errors that the same utterances met; one of latency or cost is
        shown by the order of the runs’ values, which fewer than about eight runs cannot do. Cells are adjusted together
        by Benjamini and Hochberg: of the changes marked in a metric, one in twenty is expected to be none.
      </p>`,
    sections: [
      {
        id: 'changes',
        title: 'Changes',
        content:
          changes.length === 0
            ? null
            : html`<ul>
                ${changes.map(changeItem)}
              </ul>`,
      },
      { id: 'charts', title: 'Over time', content: charts.markup },
    ],
    data: { plots: charts.plots },
  });

  function changeItem({ cell, metric, change }: (typeof changes)[number]): Markup {
    const { title, unit } = shownMetrics.find((one) => one.metric === metric)!;
    const causes = change.causes.length === 0 ? 'nothing that was recorded changed with it' : change.causes.join('; ');
    return html`<li>
      <b><bdi>${visibleText(change.folder)}</bdi></b
      >: ${title} of <bdi>${visibleText(namer.cell(cell))}</bdi> ${quantityText(change.before, unit)} →
      ${quantityText(change.after, unit)}, q ${change.q < 0.001 ? '< 0.001' : `= ${change.q.toFixed(3)}`};
      <bdi>${visibleText(causes)}</bdi>
    </li>`;
  }
}
