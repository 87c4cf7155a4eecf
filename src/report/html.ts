import type { ErrorAnalysis, NormalizerSensitivity } from '../analysis/analysis.ts';
import { agreementSection } from './agreement-section.ts';
import type { Bill } from './bill.ts';
import { chartSection } from './chart-section.ts';
import { type ClipLoader, embedClips } from './audio-clips.ts';
import type { ChoiceInput } from './choice/choice.ts';
import { choiceSection } from './choice/choice-section.ts';
import { definitionSection } from './definition-section.ts';
import { errorsSection } from './errors-section.ts';
import { type Findings, findingsOf } from './findings.ts';
import { resultTables } from './headline-table.ts';
import { hostedSection } from './hosted-section.ts';
import { incompleteSection } from './incomplete-section.ts';
import { type Markup, html } from './markup.ts';
import { notices } from './notices.ts';
import { type Section, renderPage } from './page-frame.ts';
import { provenanceSection } from './provenance-section.ts';
import { sensitivitySection } from './sensitivity-section.ts';
import { sliceErrors } from './slices.ts';
import { slicesSection } from './slices-section.ts';
import { transcript } from './transcript-text.ts';
import { utteranceSection } from './utterance-section.ts';
import { verdictSection } from './verdict-section.ts';
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
  /** Without it the report says nothing of the kinds of errors. */
  readonly analysis?: ErrorAnalysis;
  /** `null` where the run is too large for it; without it the report says nothing of other normalizers. */
  readonly sensitivity?: NormalizerSensitivity | null;
  /** What hosted requests cost, by backend. */
  readonly bills?: readonly Bill[];
  /** Without it the report recommends no setting. */
  readonly choice?: ChoiceInput;
}

/** A run as one page that needs no network and no other file. */
export async function renderReport(input: ReportInput, options: ReportOptions = {}): Promise<string> {
  const comparisons = options.comparisons ?? [];
  const findings = findingsOf(input, comparisons);
  const worst = worstUtterances(input.records, utteranceLimits);
  const [charts, clips] = await Promise.all([
    chartSection(input, { comparisons, fronts: options.fronts ?? {} }),
    embedClips(
      worst,
      options.loadClip ?? (() => Promise.resolve(null)),
      options.clipLimitBytes ?? defaultClipLimitBytes,
    ),
  ]);
  const choice = options.choice === undefined ? null : choiceSection(input.summary.cells, options.choice);
  const sections: readonly Section[] = [
    { id: 'choice', title: 'Which setting to take', content: choice?.markup ?? null },
    { id: 'findings', title: 'What was found', content: findingList(findings) },
    { id: 'verdicts', title: 'Verdicts', content: verdictSection(comparisons) },
    { id: 'results', title: 'Results', content: resultTables(input) },
    { id: 'charts', title: 'Charts', content: charts.markup },
    { id: 'slices', title: 'Groups', content: slicesSection(sliceErrors(input.records)) },
    { id: 'errors', title: 'Errors', content: errorsSection(options.analysis) },
    { id: 'utterances', title: 'Worst utterances', content: utteranceSection(input, worst, clips) },
    { id: 'agreement', title: 'Hosted against local', content: agreementSection(input.records) },
    { id: 'hosted', title: 'Hosted requests', content: hostedSection(input, options.bills ?? []) },
    { id: 'normalizers', title: 'Normalizer sensitivity', content: sensitivitySection(options.sensitivity) },
    { id: 'incomplete', title: 'Skipped, failed, missing', content: incompleteSection(input) },
    { id: 'provenance', title: 'How it was measured', content: provenanceSection(input) },
    { id: 'definitions', title: 'What the figures mean', content: definitionSection(input.summary.cells) },
  ];
  return renderPage({
    title: `${input.run.name.slice(0, 200)} · Earshot report`,
    opening: opening(input, findings),
    sections,
    earshotVersion: input.run.environment.earshotVersion,
    data: { ...(choice === null ? {} : { 'choice-facts': choice.facts }), plots: charts.plots },
  });
}

function findingList({ sentences }: Findings): Markup | null {
  if (sentences.length === 0) return null;
  return html`<ul class="findings">
    ${sentences.map(({ subject, text }) => html`<li><b>${subject}</b> ${transcript(text)}</li>`)}
  </ul>`;
}

function opening(input: ReportInput, { measured }: Findings): Markup {
  return html`<p class="eyebrow">Earshot report · ${input.run.createdAt.slice(0, 10)}</p>
    <h1><bdi>${transcript(input.run.name)}</bdi></h1>
    ${input.run.question !== null && html`<p class="lead"><bdi>${transcript(input.run.question)}</bdi></p>`}
    ${notices(input)}
    <p class="measured">${measured}</p>`;
}
