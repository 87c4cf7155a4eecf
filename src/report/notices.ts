import { groupBy } from '../charts/group-by.ts';
import type { ReportInput, RunInfo } from '../types.ts';
import { isMistimed } from '../metrics/mistimed.ts';
import { type Markup, html } from './markup.ts';
import { transcript } from './transcript-text.ts';

/** What a reader has to know before any number. */
export function notices({ run, records }: ReportInput): readonly Markup[] {
  const substituted = Object.entries(run.recognizers).filter(
    ([, { requestedProvider, effectiveProvider }]) =>
      requestedProvider !== null && effectiveProvider !== null && requestedProvider !== effectiveProvider,
  );
  return [
    syntheticNotice(run),
    ...(run.parts === undefined ? [] : [mergedNotice(run.parts)]),
    run.stretches.length > (run.parts?.length ?? 1) &&
      html`<p class="warning">
        <strong>Resumed run.</strong> The work was done in ${run.stretches.length} stretches, so speed figures mix
        sessions.
      </p>`,
    mistimedNotice(records),
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

function mistimedNotice(records: ReportInput['records']): Markup | null {
  const mistimed = records.filter(isMistimed);
  if (mistimed.length === 0) return null;
  const worst = Math.max(...mistimed.map(({ pacing }) => pacing!.slipMs));
  return html`<p class="warning">
    <strong>Fed late.</strong> ${mistimed.length} of ${records.filter(({ pacing }) => pacing).length} streams in real
    time got their audio late by more than a chunk (at worst ${worst.toFixed(0)} ms) through no work of the recognizer.
    Their latencies and delays are left out; their words count.
  </p>`;
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

/** What was measured on another machine may be compared by its words, not by its speed. */
function mergedNotice(parts: readonly RunInfo[]): Markup {
  const machines = new Set(
    parts.map(({ environment: { cpu, cores, platform, node } }) => [cpu, `${cores} cores`, platform, node].join(', ')),
  );
  if (machines.size === 1) {
    return html`<p class="notice">
      <strong>${parts.length} runs.</strong> They were measured one after the other: a drift of the machine between them
      would look like an effect.
    </p>`;
  }
  return html`<p class="warning">
    <strong>Different machines.</strong> The ${parts.length} runs come from ${machines.size} of them
    (<bdi>${transcript([...machines].join('; '))}</bdi>). Error rates may be compared; speed and cost between them may
    not.
  </p>`;
}

function withPeriod(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
