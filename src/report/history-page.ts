import { CellNamer } from '../charts/cell-names.ts';
import { drawHistory, type HistoryLine } from '../charts/history.ts';
import { countText, intervalText, type QuantityUnit, quantityText } from '../charts/number-text.ts';
import type { Cell, RunInfo, Summary } from '../types.ts';
import { groupBy } from '../charts/group-by.ts';
import { figures } from './chart-section.ts';
import { type Definition, definitionList, type Figure, figureTable } from './figure-table.ts';
import { type Markup, html } from './markup.ts';
import { syntheticNotice } from './notices.ts';
import { renderPage } from './page-frame.ts';
import { commandLine, provenanceSection } from './provenance-section.ts';
import { transcript } from './transcript-text.ts';

const namedRuns = 4;

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

export interface HistoryPage {
  readonly series: readonly HistoryPageSeries[];
  /** In any order. */
  readonly runs: readonly { readonly folder: string; readonly run: RunInfo; readonly summary: Summary }[];
  /** What made the page, without the program's name. */
  readonly command: readonly string[];
  readonly earshotVersion: string;
}

interface ShownMetric {
  readonly metric: string;
  readonly title: string;
  readonly unit: QuantityUnit;
  readonly meaning: string;
}

const shownMetrics: readonly ShownMetric[] = [
  {
    ...{ metric: 'errorRate', title: 'Error rate', unit: 'fraction' },
    meaning:
      'WER or CER, whichever a language is counted in: substitutions, deletions and insertions ÷ reference length. ' +
      'A change is one of level in the errors that the same utterances met.',
  },
  {
    ...{ metric: 'latencyP50', title: 'Median latency', unit: 'ms' },
    meaning:
      'The median time from the end of sending to the final text. Whole runs share the mood of a machine, so that a ' +
      'change is shown by the order of the runs’ values alone, among runs of one machine in a row.',
  },
  {
    ...{ metric: 'costPerMinuteUsd', title: 'Cost per audio minute', unit: 'usd-per-minute' },
    meaning: 'What recognizing a minute of audio cost, in US dollars. A change is shown as one of latency is.',
  },
];

const definitions: readonly Definition[] = [
  ...shownMetrics.map(({ metric, title, meaning }) => ({ id: metric, title, text: `${meaning} Lower is better.` })),
  {
    id: 'level',
    title: 'Before, after',
    text: 'Means of the runs’ values since the change before, and until the next one.',
  },
  {
    id: 'q',
    title: 'q',
    text:
      'The p-value of the change, adjusted by Benjamini and Hochberg for all cells in which one of this metric was looked ' +
      'for: of the changes with q below 0.05, one in twenty is expected to be none.',
  },
  {
    id: 'causes',
    title: 'What else changed with a run',
    text: 'Everything recorded in which it differs from the run before it. That it came with the change is no proof.',
  },
];

/** Runs over time as one page. */
export async function renderHistory({ series, runs, command, earshotVersion }: HistoryPage): Promise<string> {
  const namer = new CellNamer(series.map(({ cell }) => cell));
  const ordered = runs.toSorted((a, b) => (a.run.createdAt < b.run.createdAt ? -1 : 1));
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
            changedIn: one.changes.map((change) => change.folder),
          })),
      ),
    })),
  );
  const changes = changesOf(series, ordered);
  const count = changes.length;
  return renderPage({
    title: 'History · Earshot',
    earshotVersion,
    opening: html`<p class="eyebrow">Earshot history</p>
      <h1>${countText(ordered.length, 'run')}</h1>
      <p class="lead">
        ${count === 0 ? 'No change is shown.' : html`${countText(count, 'change')} of level, with ${changedRuns(changes)}.`}
      </p>
      ${ordered.length > 0 && syntheticNotice(ordered.at(-1)!.run)}
      <p>
        A change of the error rate is one of level in the errors that the same utterances met; one of latency or cost is
        shown by the order of the runs’ values, which fewer than about eight runs cannot do. Cells are adjusted together
        by Benjamini and Hochberg: of the changes marked in a metric, one in twenty is expected to be none.
      </p>`,
    sections: [
      { id: 'changes', title: 'Changes', content: count === 0 ? null : changeSection(changes, namer) },
      { id: 'charts', title: 'Over time', content: charts.markup },
      { id: 'latest', title: 'The newest values', content: latestTable(series, namer) },
      { id: 'runs', title: 'How the runs were measured', content: runList(ordered, command) },
      { id: 'definitions', title: 'What the figures mean', content: definitionList(definitions, 'History') },
    ],
    data: { plots: charts.plots },
  });
}

interface Change {
  readonly series: HistoryPageSeries;
  readonly change: HistoryPageSeries['changes'][number];
}

/** By the order of the runs. */
function changesOf(series: readonly HistoryPageSeries[], runs: HistoryPage['runs']): readonly Change[] {
  const orderOf = new Map(runs.map(({ folder }, index) => [folder, index]));
  return series
    .flatMap((one) => one.changes.map((change): Change => ({ series: one, change })))
    .toSorted((left, right) => orderOf.get(left.change.folder)! - orderOf.get(right.change.folder)!);
}

function changedRuns(changes: readonly Change[]): Markup {
  const folders = [...new Set(changes.map(({ change }) => change.folder))];
  const shown = folders.slice(0, namedRuns).map((folder, index) => html`${index > 0 && ', '}${isolated(folder)}`);
  return html`${shown}${folders.length > namedRuns && ` and ${folders.length - namedRuns} more`}`;
}

/** The runs that changes came with, with what else changed, and each change. */
function changeSection(changes: readonly Change[], namer: CellNamer): Markup {
  const byRun = groupBy(changes, ({ change }) => change.folder);
  return html`<ul class="findings">
      ${[...byRun].map(([folder, those]) => {
        const causes = [...new Set(those.flatMap(({ change }) => change.causes))];
        return html`<li>
          With <b>${isolated(folder)}</b> ${countText(those.length, 'level')} changed, and
          ${causes.length === 0 ? 'nothing else that was recorded' : html`also: ${isolated(causes.join('; '))}`}.
        </li>`;
      })}
    </ul>
    ${changeTable(changes, namer)}`;
}

function changeTable(changes: readonly Change[], namer: CellNamer): Markup {
  return figureTable({
    id: 'changes-table',
    caption: 'Changes of level and the runs that they came with',
    columns: [
      { title: 'Run' },
      { title: 'Cell', kind: 'word' },
      { title: 'Metric', kind: 'word' },
      { title: 'Before' },
      { title: 'After' },
      { title: 'q', explanation: 'Adjusted for all cells of the metric by Benjamini and Hochberg' },
    ],
    rows: changes.map(({ series: { cell, metric, points }, change }) => {
      const { title, unit } = shownMetrics.find((one) => one.metric === metric)!;
      const level = (value: number): Figure => ({
        ...{ content: quantityText(value, unit), value, meaning: 'level' },
        how: `mean of runs among the ${points.length} that have this cell`,
      });
      return [
        name(change.folder),
        { ...name(namer.cell(cell)), value: namer.cell(cell) },
        { content: title, value: title },
        level(change.before),
        level(change.after),
        {
          ...{ content: change.q < 0.001 ? '< 0.001' : change.q.toFixed(3), value: change.q, meaning: 'q' },
          how: `${title}, over ${countText(points.length, 'run')}`,
        },
      ];
    }),
  });
}

/** What each cell has come to. */
function latestTable(series: readonly HistoryPageSeries[], namer: CellNamer): Markup | null {
  const cells = [...new Map(series.map((one) => [namer.cell(one.cell), one.cell])).entries()];
  if (cells.length === 0) return null;
  return figureTable({
    id: 'latest-table',
    caption: 'The newest value of each cell',
    columns: [{ title: 'Cell' }, ...shownMetrics.map(({ title }) => ({ title }))],
    rows: cells.map(([cellName]) => [
      name(cellName),
      ...shownMetrics.map(({ metric, unit }): Figure => {
        const one = series.find((other) => other.metric === metric && namer.cell(other.cell) === cellName);
        const last = one?.points.at(-1);
        if (last === undefined) return { content: '–', value: null };
        const { estimate, folder } = last;
        const interval = intervalText(estimate, unit);
        return {
          content: html`${quantityText(estimate.value, unit)}${interval !== null && html`<small>${interval}</small>`}`,
          value: estimate.value,
          how: `n = ${estimate.n} in ${folder}${interval === null ? '' : `; ${Math.round(estimate.interval!.level * 100)}% interval`}`,
          meaning: metric,
        };
      }),
    ]),
  });
}

function runList(runs: HistoryPage['runs'], command: HistoryPage['command']): Markup {
  return html`<h3>Reproduce</h3>
    <pre tabindex="0"><code>${transcript(commandLine(command))}</code></pre>
    ${runs.toReversed().map(
      ({ folder, run, summary }) =>
        html`<details>
          <summary><bdi>${transcript(folder)}</bdi>, ${run.createdAt}</summary>
          ${provenanceSection({ run, summary })}
        </details>`,
    )}`;
}

function name(text: string): Figure {
  return { content: isolated(text), value: null };
}

function isolated(text: string): Markup {
  return html`<bdi>${transcript(text)}</bdi>`;
}
