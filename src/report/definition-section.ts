import { metrics } from '../metrics/index.ts';
import type { CellSummary } from '../types.ts';
import { headlineColumns } from './headline-table.ts';
import { type Markup, html } from './markup.ts';

/** The definition of every metric that the page shows. */
export function definitionSection(cells: readonly CellSummary[]): Markup {
  const shown = new Set(headlineColumns(cells).map(({ metric }) => metric));
  const definitions = Object.values(metrics).filter(({ name }) => shown.has(name));
  return html`<dl class="definitions">
    ${definitions.map(
      ({ title, description, better }) =>
        html`<dt>${title}</dt>
          <dd>${description} ${better === 'lower' ? 'Lower' : 'Higher'} is better.</dd>`,
    )}
    <dt>Interval</dt>
    <dd>
      The range that the value would fall into in most repetitions with other speakers, sessions or sentences of the
      same kind. Rates are resampled in whole speakers where those are known, and quantiles have order-statistic
      intervals.
    </dd>
    <dt>n</dt>
    <dd>
      Utterances that were answered, empty answers included. A failed utterance is never counted as an empty answer.
    </dd>
  </dl>`;
}
