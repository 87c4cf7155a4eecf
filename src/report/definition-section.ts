import { metrics } from '../metrics/index.ts';
import type { CellSummary } from '../types.ts';
import { headlineColumns } from './headline-table.ts';
import { type Markup, html } from './markup.ts';

/** The definition of every metric that the page shows. */
export function definitionSection(cells: readonly CellSummary[]): Markup {
  const columnTitles = new Map(headlineColumns(cells).map(({ metric, title }) => [metric, title]));
  const known = Object.values(metrics).filter(({ name }) => cells.some((cell) => cell.metrics[name] !== undefined));
  const definition = ({ name, title, description, better }: (typeof known)[number]): Markup => {
    const short = columnTitles.get(name);
    return html`<dt id="what-${name}" tabindex="-1">
        ${short === undefined || short === title ? title : `${short}: ${title.toLowerCase()}`}
      </dt>
      <dd>${description} ${better === 'lower' ? 'Lower' : 'Higher'} is better.</dd>`;
  };
  const others = known.filter(({ name }) => !columnTitles.has(name));
  return html`<p>Formulas, sources and choices stand in METHODOLOGY.md, which comes with Earshot.</p>
    <dl class="definitions">
      ${known.filter(({ name }) => columnTitles.has(name)).map(definition)}
      <dt>S / D / I</dt>
      <dd>
        Substitutions, deletions and insertions of the alignment, in words or characters, whichever is the primary unit.
      </dd>
      <dt>Interval</dt>
      <dd>
        A confidence interval: of intervals made in this way, that share contains the value on unlimited speech of the
        same kind. Rates are resampled by whole speakers, sessions or sentences where those are known, as their
        utterances are not independent; quantiles have order-statistic intervals.
      </dd>
      <dt>n</dt>
      <dd>Utterances that were answered, empty answers included. A failure is never counted as an empty answer.</dd>
    </dl>
    ${
      others.length > 0 &&
      html`<details>
        <summary>All other metrics</summary>
        <dl class="definitions">${others.map(definition)}</dl>
      </details>`
    }`;
}
