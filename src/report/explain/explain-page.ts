import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RunInfo } from '../../types.ts';
import { contentSecurityPolicy, hashText } from '../content-security.ts';
import { type Markup, html, rawElement, trusted } from '../markup.ts';
import { syntheticNotice } from '../notices.ts';
import { commandLine, provenanceSection } from '../provenance-section.ts';
import { styleSheet } from '../style-sheet.ts';
import { transcript } from '../transcript-text.ts';
import { explainScript } from './explain-script.ts';
import { explainStyle } from './explain-style.ts';
import { type ExplainedRun, type Gathered, gatherUtterances, packErrors, runName } from './pack.ts';
import { type ClipSource, type EmbeddedClip, placeClips } from './place-clips.ts';

/** Linked audio lies beside the page, on a disk or on a server. */
const linkedAudio = ["'self'", 'file:'];
const defaultClipLimitBytes = 16 * 2 ** 20;

/** What the page of errors may have besides the results. */
export interface ExplainOptions {
  /** Without it the page has no players. */
  readonly clips?: ClipSource;
  /** Bytes of audio that may be embedded, the worst utterances first; a third more in the page. */
  readonly clipLimitBytes?: number;
  /** What made the page, without the program's name. */
  readonly command?: readonly string[];
}

/** A run with its facts, as far as the page tells them. */
export type ExplainInput = ExplainedRun & { readonly run: RunInfo };

/** A browser for every utterance of one or several runs, as one page that needs no network. */
export async function renderExplain(inputs: readonly ExplainInput[], options: ExplainOptions = {}): Promise<string> {
  const gathered = gatherUtterances(inputs);
  const { places, clips } = await placeClips(
    gathered.utterances,
    worstFirst(gathered),
    options.clips ?? { load: () => Promise.resolve(null), link: () => null },
    options.clipLimitBytes ?? defaultClipLimitBytes,
  );
  const packed = JSON.stringify(packErrors(gathered, places));
  const content = (await promisify(gzip)(packed, { level: 6 })).toString('base64');
  const [style, script] = await Promise.all([hashText(styleSheet() + explainStyle), hashText(explainScript())]);
  const policy = contentSecurityPolicy([script], [style], linkedAudio);
  const names = [...new Set(inputs.map(({ name }) => name))].join(', ');
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${names.slice(0, 200)} · Earshot errors</title>
        ${rawElement('style', style.text)}
      </head>
      <body>
        <a class="skip" href="#list">Skip to the utterances</a>
        <div class="screen">${opening(names, inputs)} ${application()}</div>
        ${provenance(inputs, options.command ?? [])}
        <noscript><p class="warning">This page needs its own script to show the utterances.</p></noscript>
        <script type="text/plain" id="content">
          ${trusted(content)}
        </script>
        ${clips.map(clipElement)} ${rawElement('script', script.text)}
      </body>
    </html> `;
  return page.toString();
}

/** Utterances by errors ÷ reference length over all settings; failures weigh nothing, as nothing was heard. */
function worstFirst({ utterances }: Gathered): number[] {
  const rates = utterances.map(({ results }) => {
    let [errors, length] = [0, 0];
    for (const result of results) {
      for (const { operation } of result?.record.alignment ?? []) {
        if (operation !== 'hit') errors++;
        if (operation !== 'insertion') length++;
      }
    }
    return errors / Math.max(1, length);
  });
  return [...rates.keys()].sort((left, right) => rates[right]! - rates[left]! || left - right);
}

function clipElement({ mediaType, base64 }: EmbeddedClip, index: number): Markup {
  return html`<script type="text/plain" id="clip-${index}" data-media="${mediaType}">
    ${trusted(base64)}
  </script>`;
}

function opening(names: string, inputs: readonly ExplainInput[]): Markup {
  return html`<header>
    <p class="eyebrow">Earshot errors · ${inputs[0]?.run.createdAt.slice(0, 10)}</p>
    <h1><bdi>${transcript(names)}</bdi></h1>
    ${distinctNotices(inputs)}
  </header>`;
}

/** Each once, as runs over one corpus say the same. */
function distinctNotices(inputs: readonly ExplainInput[]): readonly Markup[] {
  const all = inputs.map(({ run }) => syntheticNotice(run)).filter((notice) => notice !== null);
  return [...new Map(all.map((notice) => [notice.toString(), notice])).values()];
}

/** How each run was measured, under the application. */
function provenance(inputs: readonly ExplainInput[], command: readonly string[]): Markup {
  return html`<footer aria-label="How it was measured">
    ${
      command.length > 0 &&
      html`<details>
        <summary>How this page was made</summary>
        <pre tabindex="0"><code>${transcript(commandLine(command))}</code></pre>
      </details>`
    }
    ${inputs.map(({ run, records: [first] }, index) => {
      if (first === undefined) return null;
      const { normalizer, overlay, characters } = first;
      return html`<details>
        <summary>
          How <bdi>${transcript(runName(inputs, index))}</bdi> of ${run.createdAt.slice(0, 10)} was measured
        </summary>
        ${provenanceSection({ run, summary: { normalizer, overlay, characters, intervals: 'percentile', cells: [] } })}
      </details>`;
    })}
  </footer>`;
}

function choice(id: string, label: string, options: Markup): Markup {
  return html`<label for="${id}"
    >${label}<select id="${id}">
      ${options}
    </select></label
  >`;
}

const any = html`<option value="-1">any</option>`;

function bounds(unit: string, low: string, high: string): Markup {
  return html`<input id="${low}" type="number" step="any" inputmode="decimal" aria-label="from, ${unit}" /> –
    <input id="${high}" type="number" step="any" inputmode="decimal" aria-label="to, ${unit}" />`;
}

function application(): Markup {
  return html`<main id="app" aria-busy="true">
    <div class="query" role="search">
      <label class="search" for="search"
        ><span class="unseen">Search</span
        ><input id="search" type="search" placeholder="Search references, transcripts, ids ( / )" autocomplete="off"
      /></label>
      ${choice(
        'order',
        'Order',
        html`<option value="rate">worst rate first</option>
          <option value="errors">most errors first</option>
          <option value="duration">longest first</option>
          <option value="latency">slowest first</option>
          <option value="id">by id</option>`,
      )}
      <details class="filters">
        <summary>Filters</summary>
        <div class="fields">
          ${choice(
            'outcome',
            'Result',
            html`<option value="">any</option>
              <option value="s">with substitutions</option>
              <option value="d">with deletions</option>
              <option value="i">with insertions</option>
              <option value="none">without errors</option>
              <option value="empty">empty answer</option>
              <option value="failed">failed</option>`,
          )}
          ${choice('class', 'Class of error', any)} ${choice('flag', 'Sign of hallucination', any)}
          ${choice('language', 'Language', any)} ${choice('speaker', 'Speaker', any)}
          <fieldset>
            <legend>Length, s</legend>
            ${bounds('seconds', 'minSeconds', 'maxSeconds')}
          </fieldset>
          <fieldset id="snr">
            <legend>Signal-to-noise, dB</legend>
            ${bounds('decibels', 'minSnrDb', 'maxSnrDb')}
          </fieldset>
          <label class="check"><input id="agreeing" type="checkbox" />Settings agree against the reference</label>
          <button type="button" id="reset">Clear filters</button>
        </div>
      </details>
      <fieldset class="chips" id="settings"><legend class="unseen">Settings that count</legend></fieldset>
    </div>
    <div class="status">
      <span id="count" role="status">unpacking …</span>
      <span id="special"></span>
      <button type="button" id="accept-all" hidden></button>
      <button type="button" id="export" class="primary" hidden></button>
    </div>
    <div class="panes">
      <div class="side">
        <div role="tablist" aria-label="Views">
          <button type="button" role="tab" id="tab-utterances" aria-controls="panel-utterances" aria-selected="true">
            Utterances
          </button>
          <button
            type="button"
            role="tab"
            id="tab-patterns"
            aria-controls="panel-patterns"
            aria-selected="false"
            tabindex="-1"
          >
            What happens often
          </button>
        </div>
        <div role="tabpanel" id="panel-utterances" aria-labelledby="tab-utterances">
          <div id="list" class="list" role="listbox" tabindex="0" aria-label="Utterances"></div>
          <p class="keys"><kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>/</kbd> search</p>
        </div>
        <div role="tabpanel" id="panel-patterns" aria-labelledby="tab-patterns" tabindex="0" hidden></div>
      </div>
      <div class="pane">
        <button type="button" id="back">↑ To the list</button>
        <div id="detail" role="region" aria-label="Utterance" tabindex="0"></div>
      </div>
    </div>
  </main>`;
}
