import { audioLengthText, countText } from '../charts/number-text.ts';
import { scoringStamp } from '../text/scoring-stamp.ts';
import type { CorpusInfo, RecognizerInfo, ReportInput, RunInfo } from '../types.ts';
import { type Markup, html } from './markup.ts';
import { transcript, visibleText } from './transcript-text.ts';

/** What of a summary tells how it was made; pages that show single answers have no cells. */
type Scoring = Pick<ReportInput['summary'], 'normalizer' | 'overlay' | 'characters' | 'intervals' | 'cells'>;

/** Everything that the numbers are a function of, and how to get them again. */
export function provenanceSection({ run, summary }: { readonly run: RunInfo; readonly summary: Scoring }): Markup {
  const { environment } = run;
  const reproduce = html`<h3>Reproduce</h3>
    <pre tabindex="0"><code>${transcript(commandLine(run.command))}</code></pre>`;
  if (run.parts !== undefined) {
    return html`${reproduce}
    ${run.parts.map(
      (part) =>
        html`<details>
          <summary><bdi>${transcript(part.name)}</bdi>, ${part.createdAt}</summary>
          ${provenanceSection({ run: part, summary })}
        </details>`,
    )}`;
  }
  return html`${reproduce}
    <h3>Run</h3>
    ${facts([
      ['Started', run.createdAt],
      ['Configuration', `${run.configPath}, SHA-256 ${run.configSha256}`],
      [
        'Earshot',
        `${environment.earshotVersion}${environment.gitRevision === null ? '' : `, revision ${environment.gitRevision}`}`,
      ],
      ['Normalizer', scoringStamp(summary)],
      ['Intervals', intervalFacts(summary)],
      [
        'Machine',
        `${environment.cpu}, ${countText(environment.cores, 'core')}, ${environment.memoryGiB.toFixed(1)} GiB, ${environment.platform}`,
      ],
      ['Node', environment.node],
      [
        'Packages',
        Object.entries(environment.packages)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      ],
      [
        'Stretches of work',
        run.stretches.map(({ startedAt, endedAt }) => `${startedAt} to ${endedAt ?? 'an interruption'}`).join('; '),
      ],
    ])}
    ${Object.entries(run.recognizers).map(([name, recognizer]) => recognizerFacts(name, recognizer))}
    ${run.corpora.map(corpusFacts)}
    <h3>Configuration</h3>
    <details>
      <summary>The validated configuration</summary>
      <pre tabindex="0"><code>${transcriptOf(run.config)}</code></pre>
    </details>`;
}

/** Which unit was resampled for the error rates, and how many of it a cell has. */
function intervalFacts({ cells, intervals }: Scoring): string {
  const units = new Map<string, number[]>();
  for (const { metrics, primaryMetric } of cells) {
    const { resampled, blocks } = metrics[primaryMetric] ?? {};
    if (resampled && blocks) units.set(resampled, [...(units.get(resampled) ?? []), blocks]);
  }
  if (units.size === 0) return cells.length === 0 ? '' : 'none';
  const texts = [...units].map(([unit, counts]) => {
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return `${unit}s (${least === most ? least : `${least} to ${most}`} per cell)`;
  });
  const method = intervals === 'bca' ? 'BCa' : 'expanded percentiles';
  return `95 % of a seeded bootstrap (${method}) that resamples ${texts.join(', ')}`;
}

function recognizerFacts(name: string, recognizer: RecognizerInfo): Markup {
  const { requestedProvider, effectiveProvider, processes, threads, loadMs, peakMemoryMiB } = recognizer;
  return html`<h3>Backend <bdi>${visibleText(name)}</bdi></h3>
    ${facts([
      ['Model', `${recognizer.model}: ${recognizer.description}`],
      ['Model SHA-256', recognizer.modelSha256],
      ['Precision', recognizer.precision],
      [
        'Execution provider',
        effectiveProvider === null
          ? null
          : requestedProvider === null || requestedProvider === effectiveProvider
            ? effectiveProvider
            : `${effectiveProvider} (${requestedProvider} was asked for)`,
      ],
      ['Processes, at most', processes === undefined ? null : String(processes)],
      [processes === undefined ? 'Threads' : 'Threads of each', threads === null ? null : String(threads)],
      ['Loading', loadMs === null ? null : `${loadMs.toFixed(0)} ms`],
      ['Peak memory', peakMemoryMiB === null ? null : `${peakMemoryMiB.toFixed(0)} MiB`],
    ])}`;
}

function corpusFacts(corpus: CorpusInfo): Markup {
  return html`<h3>Corpus <bdi>${visibleText(corpus.name)}</bdi></h3>
    ${facts([
      ['Speech', `${corpus.description}${corpus.synthetic ? ' (synthetic)' : ''}`],
      ['Selected', `${countText(corpus.utterances, 'utterance')}, ${audioLengthText(corpus.audioSeconds)}`],
      ['License', corpus.license],
      ['SHA-256 of the selection', corpus.sha256],
    ])}`;
}

/** Unknown facts are left out. */
function facts(entries: readonly (readonly [string, string | null])[]): Markup {
  return html`<dl>
    ${entries.map(
      ([term, value]) =>
        value !== null &&
        value !== '' &&
        html`<dt>${term}</dt>
          <dd><bdi>${transcript(value)}</bdi></dd>`,
    )}
  </dl>`;
}

function transcriptOf(config: unknown): readonly Markup[] {
  return visibleText(JSON.stringify(config, null, 2));
}

/** A call as a shell takes it. */
export function commandLine(args: readonly string[]): string {
  return ['npx', 'earshot', ...args].map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
