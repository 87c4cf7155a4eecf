import { CellNamer } from '../charts/cell-names.ts';
import { countText, quantityText, unknownText } from '../charts/number-text.ts';
import type { ReportInput, ScoredRecord } from '../types.ts';
import { alignmentMarkup } from './alignment-markup.ts';
import { errorCountsText } from './headline-table.ts';
import { type Markup, html, trusted } from './markup.ts';
import { languageAttributes, languageName, transcript, visibleText } from './transcript-text.ts';
import { type UtteranceResults, primaryCounts } from './worst-utterances.ts';

/** The worst utterances: what was said, what each setting heard, and the clip to judge by ear. */
export function utteranceSection(
  input: ReportInput,
  utterances: readonly UtteranceResults[],
  clips: ReadonlyMap<UtteranceResults, string>,
): Markup {
  if (utterances.length === 0) {
    const isAnswered = input.records.some(({ status }) => status !== 'failed');
    return html`<p>${isAnswered ? 'No answer had an error.' : 'There are no answers.'}</p>`;
  }
  const namer = new CellNamer(input.summary.cells.map(({ cell }) => cell));
  return html`<p>
      The highest error rates over all settings, a few utterances per language. <del>−struck out</del> was said and not
      recognized, <ins>+underlined</ins> was recognized and not said, both after normalization; in small type what the
      recognizer wrote.
    </p>
    ${utterances.map((utterance, index) => {
      const { language } = utterance.records[0]!.cell;
      const isNew = utterances[index - 1]?.records[0]!.cell.language !== language;
      return html`${isNew && languageHead(language)}${utteranceMarkup(utterance, index, clips.get(utterance), namer)}`;
    })}`;
}

function languageHead(language: string): Markup {
  const name = languageName(language);
  return html`<h3 class="language">
    ${name !== null && html`${name} `}<small><bdi>${visibleText(language)}</bdi></small>
  </h3>`;
}

/** Folded except for the first, so that the page stays a page. */
function utteranceMarkup(
  { records, errors, referenceLength }: UtteranceResults,
  index: number,
  clip: string | undefined,
  namer: CellNamer,
): Markup {
  const first = records[0]!;
  const id = `utterance-${index + 1}`;
  const language = languageAttributes(first.cell.language);
  const unit = first.primaryUnit === 'word' ? 'WER' : 'CER';
  const rate = quantityText(errors / Math.max(1, referenceLength), 'fraction');
  return html`<details class="utterance" ${index === 0 && trusted('open')}>
    <summary>
      <span class="rate">${rate}</span>
      <span class="speech" ${language} id="${id}">${transcript(first.reference)}</span>
    </summary>
    <p class="facts">
      <bdi>${transcript(first.utterance)}</bdi> · <bdi>${visibleText(first.cell.corpus)}</bdi> ·
      ${first.durationSeconds.toFixed(1)}
      s${first.speaker !== null && html` · speaker <bdi>${visibleText(first.speaker)}</bdi>`} · ${unit} over
      ${countText(records.length, 'setting')}: ${rate}
    </p>
    ${clip !== undefined && html`<audio controls preload="metadata" src="${clip}" aria-labelledby="${id}"></audio>`}
    <div class="scroll" role="group" aria-labelledby="${id}" tabindex="0">
      <table
        data-how="Substitutions, deletions and insertions of the alignment with fewest errors, in the unit that the language is scored in"
      >
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">S / D / I</th>
            <th scope="col" class="text">Difference to the reference</th>
          </tr>
        </thead>
        <tbody>
          ${records.map((record) => resultRow(record, language, namer))}
        </tbody>
      </table>
    </div>
  </details>`;
}

function resultRow(record: ScoredRecord, language: Markup, namer: CellNamer): Markup {
  const counts = primaryCounts(record);
  const surroundings = namer.surroundings(record.cell);
  return html`<tr>
    <th scope="row">
      ${record.cell.acceleration} ${surroundings !== '' && html`<small><bdi>${visibleText(surroundings)}</bdi></small>`}
    </th>
    <td>${counts === null ? unknownText : errorCountsText(counts)}</td>
    <td class="text speech" ${counts === null ? trusted('') : language}>${outcome(record)}</td>
  </tr>`;
}

function outcome(record: ScoredRecord): Markup {
  if (record.status === 'failed') {
    return html`<b>failed</b> <bdi>${transcript(`${record.error?.kind ?? ''}: ${record.error?.message ?? ''}`)}</bdi>`;
  }
  const isVerbatim = record.text === record.reference || record.status === 'empty';
  return html`${record.status === 'empty' && html`<b lang="en">empty answer</b> `}${
    record.alignment !== null && alignmentMarkup(record.alignment, record.primaryUnit)
  }${!isVerbatim && html`<small><bdi>${transcript(record.text ?? '')}</bdi></small>`}`;
}
