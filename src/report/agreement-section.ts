import { CellNamer, compareCells } from '../charts/cell-names.ts';
import { quantityText } from '../charts/number-text.ts';
import type { ScoredRecord } from '../types.ts';
import { type Agreement, agreements } from './agreement.ts';
import { alignmentMarkup } from './alignment-markup.ts';
import { type Markup, html } from './markup.ts';
import { sortableHead } from './sortable-head.ts';
import { languageAttributes, transcript, visibleText } from './transcript-text.ts';

const shownClips = 10;

/** Whether a hosted and a local backend write the same text for the same samples; `null` where a run has not both. */
export function agreementSection(records: readonly ScoredRecord[]): Markup | null {
  const found = agreements(records).toSorted((left, right) => compareCells(left.second, right.second));
  if (found.length === 0) return null;
  const namer = new CellNamer(found.flatMap(({ first, second }) => [first, second]));
  return html`<p>
      What a hosted backend wrote, held against what a local one wrote for the same clip, both normalized; the reference
      plays no part. “Equal samples” counts the clips for which both recorded the same digest of what they heard: only
      there is a difference the recognizers’ own.
    </p>
    <div class="scroll" role="region" aria-labelledby="agreement-caption" tabindex="0">
      <table data-sortable>
        <caption id="agreement-caption" class="unseen">
          Agreement of hosted and local backends
        </caption>
        <thead>
          <tr>
            ${sortableHead('Hosted')}${sortableHead('Held against')}${sortableHead('Disagreement', {
              explanation: 'Errors of the hosted text against the local one, over the words (characters) of the latter',
            })}${sortableHead('Same text', { explanation: 'Clips of which both wrote the same, normalized' })}${sortableHead(
              'Equal samples',
              { explanation: 'Clips whose decoded samples have one digest on both sides' },
            )}${sortableHead('Clips', { explanation: 'Clips that both answered' })}
          </tr>
        </thead>
        <tbody>
          ${found.map((agreement) => row(agreement, namer))}
        </tbody>
      </table>
    </div>
    ${mostDifferent(found, namer)}`;
}

function row({ first, second, pairs, rate, samples }: Agreement, namer: CellNamer): Markup {
  const same = pairs.filter(({ errors }) => errors === 0).length;
  const { equal, different, unknown } = samples;
  return html`<tr>
    <th scope="row" data-value="${namer.cell(second)}"><bdi>${visibleText(namer.cell(second))}</bdi></th>
    <td data-value="${namer.cell(first)}"><bdi>${visibleText(namer.cell(first))}</bdi></td>
    <td data-value="${rate}" data-how="over ${pairs.length} clips that both answered">
      ${quantityText(rate, 'fraction')}
    </td>
    <td data-value="${same}">${same}</td>
    <td data-value="${equal}">
      ${equal}${different > 0 && html` <b class="bad">${different} differ</b>`}${
        unknown > 0 && html` <small>${unknown} unknown</small>`
      }
    </td>
    <td data-value="${pairs.length}">${pairs.length}</td>
  </tr>`;
}

function mostDifferent(found: readonly Agreement[], namer: CellNamer): Markup | null {
  const pairs = found
    .flatMap((agreement) => agreement.pairs)
    .filter(({ errors }) => errors > 0)
    .toSorted((left, right) => right.errors / Math.max(1, right.tokens) - left.errors / Math.max(1, left.tokens));
  if (pairs.length === 0) return html`<p>They wrote the same for every clip.</p>`;
  return html`<h3>Where they differ most</h3>
    <p><del>−struck out</del> only the local backend wrote, <ins>+underlined</ins> only the hosted one.</p>
    <div class="scroll" role="region" aria-label="Where they differ most" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Clip</th>
            <th scope="col" class="text">Local and hosted text</th>
          </tr>
        </thead>
        <tbody>
          ${pairs.slice(0, shownClips).map(
            ({ first, second, alignment }) =>
              html`<tr>
                <th scope="row">
                  <bdi>${transcript(first.utterance)}</bdi>
                  <small><bdi>${visibleText(namer.cell(second.cell))}</bdi></small>
                </th>
                <td class="text speech" ${languageAttributes(first.cell.language)}>
                  ${alignmentMarkup(alignment, first.primaryUnit)}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${pairs.length > shownClips && html`<p>${pairs.length - shownClips} more clips differ.</p>`}`;
}
