import { chartSection } from './chart-section.ts';
import { type ClipLoader, embedClips } from './audio-clips.ts';
import type { ChoiceInput } from './choice/choice.ts';
import { choiceSection } from './choice/choice-section.ts';
import { contentSecurityPolicy, hashText } from './content-security.ts';
import { definitionSection } from './definition-section.ts';
import { type Findings, findingsOf } from './findings.ts';
import { resultTables } from './headline-table.ts';
import { incompleteSection } from './incomplete-section.ts';
import { type Markup, html, jsonElement, rawElement } from './markup.ts';
import { notices } from './notices.ts';
import { pageScript } from './page/page-script.ts';
import { provenanceSection } from './provenance-section.ts';
import { lightColors, styleSheet } from './style-sheet.ts';
import { transcript } from './transcript-text.ts';
import { utteranceSection } from './utterance-section.ts';
import { verdictSection } from './verdict-section.ts';
import { readChartRuntime } from './chart-runtime.ts';
import { worstUtterances } from './worst-utterances.ts';
import type { Comparison } from '../stats/comparison.ts';
import type { FrontMemberships } from '../stats/front-membership.ts';
import type { ReportInput } from '../types.ts';

const utteranceLimits = { perLanguage: 4, total: 32 };
const defaultClipLimitBytes = 4 * 2 ** 20;

/** What a report may have besides the run itself. */
export interface ReportOptions {
  /** Without it the report has no players. */
  readonly loadClip?: ClipLoader;
  /** Bytes of audio that may be embedded; a third more in the page. */
  readonly clipLimitBytes?: number;
  /** Paired comparisons of the run's cells, such as each acceleration with the longest chunk. */
  readonly comparisons?: readonly Comparison[];
  /** How likely settings are to lie on the fronts of error rate against latency, delay and cost. */
  readonly fronts?: FrontMemberships;
  /** Without it the report recommends no setting. */
  readonly choice?: ChoiceInput;
}

/** A run as one page that needs no network and no other file. */
export async function renderReport(input: ReportInput, options: ReportOptions = {}): Promise<string> {
  const comparisons = options.comparisons ?? [];
  const findings = findingsOf(input, comparisons);
  const worst = worstUtterances(input.records, utteranceLimits);
  const [charts, clips, bundle, style] = await Promise.all([
    chartSection(input, { comparisons, fronts: options.fronts ?? {} }),
    embedClips(
      worst,
      options.loadClip ?? (() => Promise.resolve(null)),
      options.clipLimitBytes ?? defaultClipLimitBytes,
    ),
    readChartRuntime(),
    hashText(styleSheet()),
  ]);
  const scripts = await Promise.all([...bundle, pageScript()].map(hashText));
  const choice = options.choice === undefined ? null : choiceSection(input.summary.cells, options.choice);
  const sections: readonly Section[] = [
    { id: 'choice', title: 'Which setting to take', content: choice?.markup ?? null },
    { id: 'findings', title: 'What was found', content: findingList(findings) },
    { id: 'verdicts', title: 'Verdicts', content: verdictSection(comparisons) },
    { id: 'results', title: 'Results', content: resultTables(input) },
    { id: 'charts', title: 'Charts', content: charts.markup },
    { id: 'utterances', title: 'Worst utterances', content: utteranceSection(input, worst, clips) },
    { id: 'incomplete', title: 'Skipped, failed, missing', content: incompleteSection(input) },
    { id: 'provenance', title: 'How it was measured', content: provenanceSection(input) },
    { id: 'definitions', title: 'What the figures mean', content: definitionSection(input.summary.cells) },
  ].filter(({ content }) => content !== null);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(scripts, [style])}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${input.run.name.slice(0, 200)} · Earshot report</title>
        ${rawElement('style', style.text)}
      </head>
      <body>
        <a class="skip" href="#results">Skip to the results</a>
        ${opening(input, findings, sections)}
        <main>
          ${sections.map(
            ({ id, title, content }) =>
              html`<section id="${id}" aria-labelledby="${id}-title">
                <h2 id="${id}-title">${title}</h2>
                ${content}
              </section>`,
          )}
        </main>
        <footer>Made by Earshot ${input.run.environment.earshotVersion}. This page loads nothing from anywhere.</footer>
        ${choice !== null && jsonElement('choice-facts', choice.facts)} ${jsonElement('plots', charts.plots)}
        ${jsonElement('light-colors', lightColors())} ${scripts.map(({ text }) => rawElement('script', text))}
      </body>
    </html> `;
  return page.toString();
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup | null;
}

function findingList({ sentences }: Findings): Markup | null {
  if (sentences.length === 0) return null;
  return html`<ul class="findings">
    ${sentences.map(({ subject, text }) => html`<li><b>${subject}</b> ${transcript(text)}</li>`)}
  </ul>`;
}

function opening(input: ReportInput, { measured }: Findings, sections: readonly Section[]): Markup {
  return html`<header>
    <p class="eyebrow">Earshot report · ${input.run.createdAt.slice(0, 10)}</p>
    <h1><bdi>${transcript(input.run.name)}</bdi></h1>
    ${input.run.question !== null && html`<p class="lead"><bdi>${transcript(input.run.question)}</bdi></p>`}
    ${notices(input)}
    <p class="measured">${measured}</p>
    <nav aria-label="Sections">
      <ul>
        ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
      </ul>
    </nav>
  </header>`;
}
