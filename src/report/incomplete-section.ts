import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { groupBy } from '../charts/group-by.ts';
import { countText } from '../charts/number-text.ts';
import type { ReportInput } from '../types.ts';
import { type Markup, html } from './markup.ts';
import { transcript, visibleText } from './transcript-text.ts';

/** What did not run or gave no answer, with the reasons; `null` for a complete run. */
export function incompleteSection({ summary, records }: ReportInput): Markup | null {
  const cells = [...summary.cells.map(({ cell }) => cell), ...summary.skipped.map(({ cell }) => cell)];
  const namer = new CellNamer(cells);
  const reasons = groupBy(
    summary.skipped.toSorted((left, right) => compareCells(left.cell, right.cell)),
    ({ reason }) => reason,
  );
  const incomplete = summary.cells
    .filter(({ statuses }) => statuses.failed + statuses.empty + statuses.missing > 0)
    .toSorted((left, right) => compareCells(left.cell, right.cell));
  const failures = groupBy(
    records.flatMap(({ error }) => error ?? []),
    ({ kind, message }) => `${kind}: ${message}`,
  );
  if (reasons.size + incomplete.length + failures.size === 0) return null;
  return html`${
    reasons.size > 0 &&
    html`<h3>Skipped cells</h3>
      <dl>
        ${[...reasons].map(
          ([reason, skips]) =>
            html`<dt><bdi>${transcript(reason)}</bdi></dt>
              <dd>
                ${skips.map(({ cell }, index) => html`${index > 0 && ', '}<bdi>${visibleText(namer.cell(cell))}</bdi>`)}
              </dd>`,
        )}
      </dl>`
  }
  ${
    failures.size > 0 &&
    html`<h3>Errors of backends</h3>
      <dl>
        ${[...failures].map(
          ([message, occurrences]) =>
            html`<dt>${countText(occurrences.length, 'time')}</dt>
              <dd><bdi>${transcript(message)}</bdi></dd>`,
        )}
      </dl>`
  }
  ${
    incomplete.length > 0 &&
    html`<h3>Cells that are not complete</h3>
      <div class="scroll" role="region" aria-label="Cells that are not complete" tabindex="0">
        <table data-how="Utterances of the cell, counted by the last try of each">
          <thead>
            <tr>
              ${['Cell', 'Answered', 'Empty', 'Failed', 'Missing', 'Planned'].map((title) => html`<th scope="col">${title}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${incomplete.map(
              ({ cell, statuses, utterances }) =>
                html`<tr>
                  <th scope="row"><bdi>${visibleText(namer.cell(cell))}</bdi></th>
                  ${[statuses.ok, statuses.empty, statuses.failed, statuses.missing, utterances].map((count) => html`<td>${count}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p>
        An empty answer counts as deletions of everything said. Failed and missing ones are in no error rate, so a cell
        with many of them is not comparable.
      </p>`
  }`;
}
