import type { Chart, DrawnChart } from '../charts/chart.ts';
import { type ChartContext, chartsOf } from '../charts/index.ts';
import { unknownText } from '../charts/number-text.ts';
import type { ReportInput } from '../types.ts';
import { type CompiledPlot, compilePlot } from './chart-spec.ts';
import { panelName } from './chart-writers.ts';
import { type Markup, html } from './markup.ts';
import { sortableHead } from './sortable-head.ts';
import { sortableTable } from './sortable-table.ts';
import { visibleText } from './transcript-text.ts';

/** The charts of a run: their place in the page, and the plots that the page's script draws there. */
export interface ChartSection {
  readonly markup: Markup;
  readonly plots: Readonly<Record<string, CompiledPlot>>;
}

/** Draws every chart that the run or its comparisons have something for. */
export function chartSection(input: ReportInput, context: ChartContext): Promise<ChartSection> {
  return figures(chartsOf(context).map((chart) => ({ chart, drawn: chart.draw(input) })));
}

interface ChartFacts {
  readonly chart: Pick<Chart, 'name' | 'title' | 'question'>;
  /** `null` when there is nothing to show. */
  readonly drawn: DrawnChart | null;
}

/** Charts as figures with buttons and a table each. */
export async function figures(all: readonly ChartFacts[]): Promise<ChartSection> {
  const plots: Record<string, CompiledPlot> = {};
  const shown: Markup[] = [];
  for (const { chart, drawn } of all) {
    if (drawn === null) continue;
    const names = drawn.panels.map((_, index) => panelName(chart.name, index, drawn.panels.length));
    for (const [index, panel] of drawn.panels.entries()) plots[names[index]!] = await compilePlot(panel.spec);
    shown.push(figure(chart, drawn, names));
  }
  return { markup: html`${shown}`, plots };
}

function figure(chart: ChartFacts['chart'], drawn: DrawnChart, names: readonly string[]): Markup {
  return html`<figure id="${chart.name}" aria-labelledby="${chart.name}-title">
    <h3 id="${chart.name}-title">${chart.title}</h3>
    <p class="question">${chart.question}</p>
    <div class="panels">
      ${drawn.panels.map(
        ({ title, description }, index) =>
          html`<div class="panel">
            ${title !== null && html`<h4><bdi>${visibleText(title)}</bdi></h4>`}
            <div class="plot" data-plot="${names[index]}" role="img" aria-label="${description}"></div>
            ${saveButtons(names[index]!, title ?? chart.title)}
          </div>`,
      )}
    </div>
    <figcaption>${drawn.caption}</figcaption>
    <details>
      <summary>Table of “${chart.title}”</summary>
      ${chartTable(chart, drawn)}
    </details>
  </figure>`;
}

// Disabled until the script that serves them runs.
function saveButtons(name: string, title: string): Markup {
  return html`<p class="save">
    <button type="button" disabled data-save="svg" data-of="${name}" aria-label="Save “${title}” as SVG">SVG</button>
    <button type="button" disabled data-save="png" data-of="${name}" aria-label="Save “${title}” as PNG">PNG</button>
    <button type="button" disabled data-save="json" data-of="${name}" aria-label="Save “${title}” as Vega-Lite JSON">
      Vega-Lite
    </button>
  </p>`;
}

function chartTable({ name, title }: ChartFacts['chart'], { caption, table }: DrawnChart): Markup {
  return sortableTable({
    id: `${name}-table`,
    caption: html`Table of “${title}”`,
    heads: table.columns.map((column) => sortableHead(column)),
    rows: table.rows.map(
      ([first = '', ...others]) =>
        html`<tr>
          <th scope="row" data-value="${first}"><bdi>${visibleText(first)}</bdi></th>
          ${others.map((text) => html`<td data-value="${sortValue(text)}">${text}</td>`)}
        </tr>`,
    ),
    how: caption,
  });
}

/** What a figure in words is sorted by: the first number in it, else the words, and nothing where it is unknown. */
function sortValue(text: string): string {
  if (text === unknownText) return '';
  const [number] = /[−-]?\$?[\d,]*\.?\d+/.exec(text) ?? [];
  return number === undefined ? text : String(Number(number.replace('−', '-').replace(/[$,]/g, '')));
}
