import type { CellNamer } from '../../charts/cell-names.ts';
import { countText } from '../../charts/number-text.ts';
import type { ScoredRecord } from '../../types.ts';
import { alignmentMarkup } from '../alignment-markup.ts';
import { type Markup, html, trusted } from '../markup.ts';
import { languageAttributes, transcript, visibleText } from '../transcript-text.ts';
import type { ChangedUtterance } from './changed-utterances.ts';

/** Utterances with both transcripts beside each other, each aligned with the reference. */
export function changedUtteranceSection(
  id: string,
  utterances: readonly ChangedUtterance[],
  clips: ReadonlyMap<ChangedUtterance, string>,
  namer: CellNamer,
): Markup | null {
  if (utterances.length === 0) return null;
  return html`<p>
      The largest changes of the number of errors, a few per language. <del>−struck out</del> was said and not
      recognized, <ins>+underlined</ins> was recognized and not said, both after normalization; in small type what the
      recognizer wrote.
    </p>
    ${utterances.map((utterance, index) => changedMarkup(`${id}-${index + 1}`, index === 0, utterance, clips, namer))}`;
}

function changedMarkup(
  id: string,
  isOpen: boolean,
  utterance: ChangedUtterance,
  clips: ReadonlyMap<ChangedUtterance, string>,
  namer: CellNamer,
): Markup {
  const { baseline, baselineErrors, candidate, candidateErrors } = utterance;
  const language = languageAttributes(candidate.cell.language);
  const clip = clips.get(utterance);
  return html`<details class="utterance" ${isOpen && trusted('open')}>
    <summary>
      <span class="rate">${baselineErrors} → ${candidateErrors}</span>
      <span class="speech" ${language} id="${id}">${transcript(candidate.reference)}</span>
    </summary>
    <p class="facts">
      <bdi>${visibleText(namer.cell(candidate.cell))}</bdi> · <bdi>${transcript(candidate.utterance)}</bdi> ·
      ${candidate.durationSeconds.toFixed(1)}
      s${candidate.speaker !== null && html` · speaker <bdi>${visibleText(candidate.speaker)}</bdi>`}
    </p>
    ${clip !== undefined && html`<audio controls preload="metadata" src="${clip}" aria-labelledby="${id}"></audio>`}
    <div class="scroll" role="group" aria-labelledby="${id}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col" title="Substitutions, deletions and insertions of the alignment with fewest errors">
              Errors
            </th>
            <th scope="col" class="text">Difference to the reference</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Baseline</th>
            <td>${baselineErrors}</td>
            ${
              baseline === null
                ? html`<td class="text">
                    ${countText(baselineErrors, 'error')}; the baseline file holds no transcripts
                  </td>`
                : html`<td class="text speech" ${language}>${heard(baseline)}</td>`
            }
          </tr>
          <tr>
            <th scope="row">Candidate</th>
            <td>${candidateErrors}</td>
            <td class="text speech" ${language}>${heard(candidate)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  </details>`;
}

function heard(record: ScoredRecord): Markup {
  return html`${record.status === 'empty' && html`<b lang="en">empty answer</b> `}${
    record.alignment !== null && alignmentMarkup(record.alignment, record.primaryUnit)
  }${record.status !== 'empty' && html`<small><bdi>${transcript(record.text ?? '')}</bdi></small>`}`;
}
