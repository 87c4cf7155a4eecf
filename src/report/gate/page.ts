import { CellNamer, compareCells } from '../../charts/cell-names.ts';
import { errorDifference } from '../../charts/error-difference.ts';
import type { Comparison } from '../../stats/comparison.ts';
import type { GateResult } from '../../stats/gate-result.ts';
import type { Cell, ReportInput } from '../../types.ts';
import { type ClipLoader, embedClips } from '../audio-clips.ts';
import { figures } from '../chart-section.ts';
import { definitionList } from '../figure-table.ts';
import { type Markup, html } from '../markup.ts';
import { notices } from '../notices.ts';
import { renderPage } from '../page-frame.ts';
import { commandLine, provenanceSection } from '../provenance-section.ts';
import { transcript, visibleText } from '../transcript-text.ts';
import { type AnswerTo, answersOf, answerSentences } from './answer.ts';
import { type BaselineAnswer, changedUtterances } from './changed-utterances.ts';
import { gateDefinitions } from './definitions.ts';
import { answerTable, checkTable, coverageTable, type PresetComparisons, presetTable } from './tables.ts';
import { gateSentence } from './text.ts';
import { changedUtteranceSection } from './utterance-sections.ts';

const utteranceLimits = { perLanguage: 4, total: 24 };
const clipLimitBytes = 4 * 2 ** 20;

/** Two runs, or a run and a baseline file, held against each other. */
export interface GatePage {
  readonly candidate: ReportInput;
  readonly baseline: {
    readonly name: string;
    readonly createdAt: string;
    /** `null` for a file. */
    readonly run: ReportInput | null;
    readonly answers: readonly BaselineAnswer[];
  };
  readonly comparisons: readonly Comparison[];
  /** Cells of the candidate without a counterpart, where no gate says so. */
  readonly unmatched: readonly Cell[];
  /** `null` where no rules were held against the run. */
  readonly gate: GateResult | null;
  /** `null` where there are no transcripts to score again. */
  readonly presets: readonly PresetComparisons[] | null;
  /** What is not the same in both, in words. */
  readonly differences: readonly string[];
  /** What made the page, without the program's name. */
  readonly command: readonly string[];
  readonly loadClip: ClipLoader;
}

/** One page that says whether the candidate is worse, where, and by which utterances. */
export async function renderGatePage(page: GatePage): Promise<string> {
  const { candidate, baseline, gate, presets, differences } = page;
  const comparisons = page.comparisons.toSorted((left, right) => compareCells(left.candidate, right.candidate));
  const namer = new CellNamer([...comparisons.flatMap((one) => [one.baseline, one.candidate]), ...page.unmatched]);
  const [worse, better] = ([1, -1] as const).map((direction) =>
    changedUtterances(baseline.answers, candidate.records, comparisons, direction, utteranceLimits),
  );
  const chart = errorDifference(comparisons);
  const answerTo = answersOf(gate);
  const [charts, clips] = await Promise.all([
    figures([{ chart, drawn: chart.draw(candidate) }]),
    embedClips([...worse!, ...better!], page.loadClip, clipLimitBytes),
  ]);
  return renderPage({
    title: `${candidate.run.name.slice(0, 100)} against ${baseline.name.slice(0, 100)} · Earshot`,
    earshotVersion: candidate.run.environment.earshotVersion,
    opening: opening({ ...page, comparisons }, answerTo, namer),
    sections: [
      { id: 'checks', title: 'Checks', content: gate && checkTable(gate) },
      {
        id: 'verdicts',
        title: 'Verdicts',
        content: comparisons.length === 0 ? null : html`${answerTable(comparisons, answerTo, namer)} ${charts.markup}`,
      },
      { id: 'worse', title: 'What got worse', content: changedUtteranceSection('worse', worse!, clips, namer) },
      { id: 'better', title: 'What got better', content: changedUtteranceSection('better', better!, clips, namer) },
      {
        id: 'coverage',
        title: 'Coverage',
        content: comparisons.length === 0 ? null : coverageTable(comparisons, candidate.summary.cells, namer),
      },
      {
        id: 'normalizers',
        title: 'Does the answer depend on the normalizer?',
        content: presets && presetTable(presets, comparisons, namer),
      },
      { id: 'differences', title: 'What else is not the same', content: differenceList(differences) },
      {
        id: 'reproduce',
        title: 'How this page was made',
        content: html`<pre tabindex="0"><code>${transcript(commandLine(page.command))}</code></pre>`,
      },
      { id: 'candidate', title: 'How the candidate was measured', content: provenanceSection(candidate) },
      {
        id: 'baseline',
        title: 'How the baseline was measured',
        content: baseline.run && provenanceSection(baseline.run),
      },
      {
        id: 'definitions',
        title: 'What the figures mean',
        content: definitionList(gateDefinitions, 'How sure: Verdicts, Gates'),
      },
    ],
    data: { plots: charts.plots },
  });
}

function opening(
  { candidate, baseline, comparisons, unmatched, gate }: GatePage,
  answerTo: AnswerTo,
  namer: CellNamer,
): Markup {
  const notCompared = [
    ...(gate?.checks ?? [])
      .filter(({ kind, comparison }) => kind === 'regression' && comparison === null)
      .map(({ subject, finding }) => `${subject} (${finding})`),
    ...unmatched.map((cell) => `${namer.cell(cell)} (no single counterpart in the baseline)`),
  ];
  return html`<p class="eyebrow">
      Earshot ${gate === null ? 'comparison' : 'gate'} · ${candidate.run.createdAt.slice(0, 10)} against
      ${baseline.createdAt.slice(0, 10)}
    </p>
    <h1>
      <bdi>${transcript(candidate.run.name)}</bdi> against
      ${baseline.name === candidate.run.name ? 'its baseline' : html`<bdi>${transcript(baseline.name)}</bdi>`}
    </h1>
    ${gate !== null && html`<p class="lead">${gateSentence(gate)}</p>`} ${notices(candidate)}
    <ul class="findings">
      ${answerSentences(comparisons, answerTo, notCompared, namer).map(({ subject, text }) => html`<li><b>${subject}</b> ${transcript(text)}</li>`)}
    </ul>
    <p>
      Differences of the error rate on the same utterances, with 90% intervals. A verdict is shown at 5% after Holm’s
      adjustment for all ${comparisons.length} comparisons, here and in every table.
    </p>`;
}

function differenceList(differences: readonly string[]): Markup {
  if (differences.length === 0) return html`<p>Model, configuration, corpus, versions and machine are the same.</p>`;
  return html`<ul>
    ${differences.map((difference) => html`<li><bdi>${visibleText(difference)}</bdi></li>`)}
  </ul>`;
}
