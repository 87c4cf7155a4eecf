import { groupBy } from '../charts/group-by.ts';
import { figureText, quantityText, unknownText } from '../charts/number-text.ts';
import { quantile } from '../stats/quantiles.ts';
import type { HostedRequest, ReportInput, ScoredRecord, Spans } from '../types.ts';
import type { Bill } from './bill.ts';
import { type Markup, html } from './markup.ts';
import { transcript, visibleText } from './transcript-text.ts';

type HostedRecord = ScoredRecord & { readonly hosted: HostedRequest };

const spanColumns: readonly (readonly [title: string, span: keyof Spans])[] = [
  ['Client wait', 'clientWaitMs'],
  ['Upload', 'uploadMs'],
  ['Submit', 'submitMs'],
  ['Queue', 'queueMs'],
  ['Inference', 'inferenceMs'],
  ['Download', 'downloadMs'],
];

/** What colors the latency of hosted requests, what it is made of, and what was paid; `null` for a local run. */
export function hostedSection({ records, run }: ReportInput, bills: readonly Bill[]): Markup | null {
  const hosted = records.filter((record): record is HostedRecord => record.hosted !== undefined);
  if (hosted.length === 0) return null;
  const backends = [...groupBy(hosted, ({ cell }) => cell.backend)];
  const missed = backends.map(([name]) => {
    const slots = run.stretches.reduce((total, { missedSlots }) => total + (missedSlots?.[name] ?? 0), 0);
    return slots > 0 && html`<p><bdi>${visibleText(name)}</bdi> missed ${slots} sending times of its open loop.</p>`;
  });
  return html`<p>
      Medians in milliseconds, of warm answers that needed no second try. A clip is uploaded once, outside of any
      latency. The round trip is the shortest exchange of a request: what the network alone takes. A poll sees a change
      late by up to its interval, by half of it on average, and the latency with it.
    </p>
    ${table('Parts of hosted latency', latencyHead, backends.map(latencyRow))} ${missed}
    <h3>Cost</h3>
    <p>
      Billed: the host’s billed units at the list price. Money for failures stands apart. A mismatch is a request for
      which bill, list and the host’s books disagree by more than 1 %; <code>earshot bill</code> lists them.
    </p>
    ${table('Cost of hosted requests', billHead, bills.map(billRow))}`;
}

const latencyHead = [
  ...['Backend', 'Transport', 'Watched by', 'Round trip', 'Latency', ...spanColumns.map(([title]) => title)],
  ...['First, cold', 'Tried again', 'Resumed'],
];

function latencyRow([name, records]: readonly [string, readonly HostedRecord[]]): readonly (Markup | string)[] {
  const [{ hosted }] = records as [HostedRecord];
  const plain = records.filter((record) => !record.hosted.cold && !record.hosted.resumed && !record.failedAttempts);
  const medianOf = (of: readonly HostedRecord[], value: (record: HostedRecord) => number | null | undefined) =>
    figureText(median(of.flatMap((record) => value(record) ?? [])), 'ms');
  const watched =
    hosted.pollIntervalMs === null ? hosted.watchedBy : `poll, ${quantityText(hosted.pollIntervalMs, 'ms')}`;
  return [
    html`<bdi>${visibleText(name)}</bdi>`,
    hosted.transport,
    watched,
    medianOf(plain, (record) => record.hosted.roundTripMs),
    medianOf(plain, ({ latencyMs }) => latencyMs),
    ...spanColumns.map(([, span]) => medianOf(plain, ({ spans }) => spans[span])),
    medianOf(
      records.filter((record) => record.hosted.cold),
      ({ latencyMs }) => latencyMs,
    ),
    String(records.filter(({ failedAttempts }) => failedAttempts !== undefined).length),
    String(records.filter((record) => record.hosted.resumed).length),
  ];
}

const billHead = [
  ...['Backend', 'Answers', 'Billed', 'By the list', 'Of unknown cost'],
  ...['Failures', 'Billed for them', 'Of unknown cost', 'Mismatches'],
];

function billRow(bill: Bill): readonly (Markup | string)[] {
  const { mismatches } = bill;
  return [
    html`<bdi>${visibleText(bill.backend)}</bdi>`,
    ...[String(bill.answers), usd(bill.answeredUsd), usd(bill.answeredListUsd), String(bill.answersOfUnknownCost)],
    ...[String(bill.failures), usd(bill.failedUsd), String(bill.failuresOfUnknownCost)],
    mismatches.length === 0
      ? '0'
      : html`<b class="bad">${mismatches.length}</b>
          <small><bdi>${transcript(mismatches[0]!.utterance)}</bdi>${mismatches.length > 1 && ' …'}</small>`,
  ];
}

function table(caption: string, head: readonly string[], rows: readonly (readonly (Markup | string)[])[]): Markup {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...others]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${others.map((content) => html`<td>${content}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function median(values: readonly number[]): number | null {
  return quantile(
    values.toSorted((left, right) => left - right),
    0.5,
  );
}

function usd(value: number | null): string {
  return value === null ? unknownText : `$${value.toFixed(6)}`;
}
