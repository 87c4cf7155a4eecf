import { groupBy } from '../charts/group-by.ts';
import { figureText, quantityText, unknownText } from '../charts/number-text.ts';
import { quantile } from '../stats/quantiles.ts';
import type { FailedAttempt, HostedRequest, ReportInput, ScoredRecord, Spans } from '../types.ts';
import type { Bill } from './bill.ts';
import { type Figure, type FigureColumn, figureTable } from './figure-table.ts';
import { type Markup, html } from './markup.ts';
import { transcript, visibleText } from './transcript-text.ts';

type HostedRecord = ScoredRecord & { readonly hosted: HostedRequest };

const spanColumns: readonly (readonly [title: string, span: keyof Spans, explanation: string])[] = [
  ['Client wait', 'clientWaitMs', 'From the start of the try until its request was sent'],
  ['Upload', 'uploadMs', 'Once per clip, outside of any latency'],
  ['Upload: place', 'uploadInitiateMs', 'Asking the host where to put the bytes'],
  ['Upload: bytes', 'uploadPutMs', 'Sending them'],
  ['Submit', 'submitMs', 'From sending the request to its acceptance into the queue'],
  ['Queue', 'queueMs', 'From acceptance until the host began'],
  ['Inference', 'inferenceMs', 'As the host reports it'],
  ['Download', 'downloadMs', 'Fetching the result'],
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
    ${figureTable({
      id: 'hosted-latency',
      caption: 'Parts of hosted latency',
      columns: latencyColumns,
      rows: backends.map(latencyRow),
    })}
    ${missed}
    <h3>Cost</h3>
    <p>
      Billed: the host’s billed units at the list price. Money for failures stands apart. A mismatch is a request for
      which bill, list and the host’s books disagree by more than 1 %; <code>earshot bill</code> lists them.
    </p>
    ${figureTable({
      id: 'hosted-cost',
      caption: 'Cost of hosted requests',
      columns: billColumns,
      rows: bills.map(billRow),
    })}`;
}

const latencyColumns: readonly FigureColumn[] = [
  { title: 'Backend' },
  { title: 'Transport', kind: 'word' },
  { title: 'Watched by', kind: 'word', explanation: 'How a change of state was seen' },
  { title: 'Round trip', explanation: 'The shortest exchange of a request: what the network alone takes' },
  { title: 'Latency', explanation: 'Of the try that was answered; uploads, earlier tries and waits are outside' },
  ...spanColumns.map(([title, , explanation]) => ({ title, explanation })),
  { title: 'First, cold', explanation: 'Latency of the first request of a process' },
  { title: 'To success', explanation: 'From the first try to the answer, tries and waits included; all answers' },
  { title: 'Tried again', explanation: 'Answers that needed more than one try' },
  { title: 'Failed tries', explanation: 'Each is one HTTP request, or several of one request that was accepted' },
  { title: 'Back-off', explanation: 'Median wait behind a failed try' },
  { title: 'Resumed', explanation: 'Answered to a request that an earlier process had sent; without a latency' },
];

function latencyRow([name, records]: readonly [string, readonly HostedRecord[]]): readonly Figure[] {
  const [{ hosted }] = records as [HostedRecord];
  const plain = records.filter((record) => !record.hosted.cold && !record.hosted.resumed && !record.failedAttempts);
  const attempts = records.flatMap(({ failedAttempts }) => failedAttempts ?? []);
  const watched =
    hosted.pollIntervalMs === null ? hosted.watchedBy : `poll, ${quantityText(hosted.pollIntervalMs, 'ms')}`;
  return [
    nameFigure(name),
    { content: hosted.transport, value: hosted.transport },
    { content: watched, value: watched },
    medianFigure(plain.map((record) => record.hosted.roundTripMs)),
    medianFigure(plain.map(({ latencyMs }) => latencyMs)),
    ...spanColumns.map(([, span]) => medianFigure(plain.map(({ spans }) => spans[span]))),
    medianFigure(records.filter((record) => record.hosted.cold).map(({ latencyMs }) => latencyMs)),
    medianFigure(records.map(({ timeToAnswerMs }) => timeToAnswerMs)),
    countFigure(records.filter(({ failedAttempts }) => failedAttempts !== undefined).length, records.length),
    { ...countFigure(attempts.length), how: kindsOf(attempts) },
    medianFigure(attempts.map(({ backoffMs }) => backoffMs)),
    countFigure(records.filter((record) => record.hosted.resumed).length, records.length),
  ];
}

const billColumns: readonly FigureColumn[] = [
  { title: 'Backend' },
  { title: 'Answers' },
  { title: 'Billed', explanation: 'Billed units of the answers at the list price' },
  { title: 'By the list', explanation: 'Audio of the answers at the list price' },
  { title: 'Of unknown cost', explanation: 'Answers whose billed units the host did not name' },
  { title: 'Failures' },
  { title: 'Billed for them' },
  { title: 'Failures of unknown cost' },
  { title: 'Mismatches', explanation: 'Requests for which bill, list and books disagree by more than 1 %' },
];

function billRow(bill: Bill): readonly Figure[] {
  const { mismatches } = bill;
  return [
    nameFigure(bill.backend),
    countFigure(bill.answers),
    usdFigure(bill.answeredUsd, bill.answers - bill.answersOfUnknownCost),
    usdFigure(bill.answeredListUsd, bill.answers),
    countFigure(bill.answersOfUnknownCost, bill.answers),
    countFigure(bill.failures),
    usdFigure(bill.failedUsd, bill.failures - bill.failuresOfUnknownCost),
    countFigure(bill.failuresOfUnknownCost, bill.failures),
    {
      value: mismatches.length,
      content:
        mismatches.length === 0
          ? '0'
          : html`<b class="bad">${mismatches.length}</b>
              <small><bdi>${transcript(mismatches[0]!.utterance)}</bdi>${mismatches.length > 1 && ' …'}</small>`,
    },
  ];
}

function nameFigure(name: string): Figure {
  return { content: html`<bdi>${visibleText(name)}</bdi>`, value: name };
}

function medianFigure(values: readonly (number | null | undefined)[]): Figure {
  const known = values.filter((value) => value != null);
  const value = median(known);
  return { content: figureText(value, 'ms'), value, how: `median of n = ${known.length}, in ms` };
}

function countFigure(count: number, of?: number): Figure {
  return { content: String(count), value: count, ...(of === undefined ? {} : { how: `of ${of}` }) };
}

function usdFigure(value: number | null, n: number): Figure {
  return { content: usd(value), value, how: `sum over ${n} requests` };
}

/** Such as `2 × timeout, 1 × rate-limit`. */
function kindsOf(attempts: readonly FailedAttempt[]): string {
  if (attempts.length === 0) return 'no try failed';
  return [...groupBy(attempts, ({ kind }) => kind)].map(([kind, ones]) => `${ones.length} × ${kind}`).join(', ');
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
