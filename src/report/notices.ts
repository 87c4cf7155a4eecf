import { groupBy } from '../charts/group-by.ts';
import type { ReportInput, RunInfo } from '../types.ts';
import { type Markup, html } from './markup.ts';
import { transcript } from './transcript-text.ts';

/** What a reader has to know before any number. */
export function notices({ run }: ReportInput): readonly Markup[] {
  const substituted = Object.entries(run.recognizers).filter(
    ([, { requestedProvider, effectiveProvider }]) =>
      requestedProvider !== null && effectiveProvider !== null && requestedProvider !== effectiveProvider,
  );
  return [
    syntheticNotice(run),
    run.stretches.length > 1 &&
      html`<p class="warning">
        <strong>Resumed run.</strong> The work was done in ${run.stretches.length} stretches, so speed figures mix
        sessions.
      </p>`,
    ...substituted.map(
      ([name, { requestedProvider, effectiveProvider }]) =>
        html`<p class="warning">
          <strong>Other provider.</strong> Backend <bdi>${transcript(name)}</bdi> asked for
          <bdi>${transcript(requestedProvider ?? '')}</bdi> and ran on
          <bdi>${transcript(effectiveProvider ?? '')}</bdi>: its speed is that of the latter.
        </p>`,
    ),
  ].filter((notice) => notice !== false && notice !== null);
}

/** Says what of a run nobody spoke or was trained on speech that nobody spoke; `null` where there is none. */
export function syntheticNotice(run: RunInfo): Markup | null {
  const synthetic = run.corpora.filter((corpus) => corpus.synthetic);
  const smallModels = groupBy(
    Object.entries(run.recognizers).filter(([, { description }]) => /synthetic/i.test(description)),
    ([, { description }]) => description,
  );
  if (synthetic.length + smallModels.size === 0) return null;
  return html`<p class="notice">
    <strong>Synthetic.</strong>
    ${synthetic.map(
      ({ name, description }) =>
        html`Nobody spoke the speech of <bdi>${transcript(name)}</bdi>:
          <bdi>${transcript(withPeriod(description))}</bdi> `,
    )}
    ${[...smallModels].map(
      ([description, entries]) =>
        html`<bdi>${transcript(entries.map(([name]) => name).join(', '))}</bdi>:
          <bdi>${transcript(withPeriod(description))}</bdi> `,
    )}
    These figures show how the measurement works; they say nothing about people’s speech.
  </p>`;
}

function withPeriod(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
