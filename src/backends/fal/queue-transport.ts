import type { Spans } from '../../types.ts';
import { BackendError } from '../../errors.ts';
import { lostAnswer } from './failures.ts';
import { during, type Call, type Reply } from './call.ts';
import { NetworkFailure, type Exchange } from './wire.ts';

/** Hands the clip to the queue, watches it, and fetches the result; or goes on with a request handed over before. */
export async function transcribeByQueue(call: Call): Promise<Reply> {
  const { client, wire, endpointId, tracking } = call;
  const resumeId = tracking?.resumeId ?? null;
  if (resumeId === null) tracking?.onSending();
  // Writing down that a request goes out, and that it was accepted, is no part of handing it over.
  const sentAtMs = call.now();
  const requestId = resumeId ?? (await during(call, 'submit', null, () => submit(call)));
  const acceptedAtMs = call.now();
  if (resumeId === null) tracking?.onAccepted(requestId);
  const seen = await during(call, 'watch', requestId, () => watch(call, requestId));
  wire.failure = null;
  const askedAtMs = call.now();
  // A job that failed keeps its failure: asking for its result again would bring the same.
  const result = await during(call, 'result', seen.failed ? null : requestId, () => {
    return client.queue.result(endpointId, { requestId });
  });
  const answer = wire.exchanges.at(-1)!;
  const text = call.textOf(result.data);
  if (text === null) {
    throw lostAnswer('bad-answer', 'the result has no transcript', {
      ...call.failure,
      phase: 'result',
      resumeId: requestId,
    });
  }
  const spans: Spans = {
    ...(resumeId === null ? { submitMs: acceptedAtMs - sentAtMs } : {}),
    ...(resumeId === null && seen.startedAtMs !== null
      ? { queueMs: Math.max(0, seen.startedAtMs - acceptedAtMs) }
      : {}),
    ...(seen.inferenceMs === null ? {} : { inferenceMs: seen.inferenceMs }),
    downloadMs: answer.endedAtMs - askedAtMs,
  };
  return {
    text,
    partials: null,
    latencyMs: resumeId === null ? answer.endedAtMs - sentAtMs : null,
    spans,
    hosted: {
      requestId,
      resumed: resumeId !== null,
      roundTripMs: Math.min(...wire.exchanges.map((exchange) => exchange.headersAtMs - exchange.sentAtMs)),
    },
  };
}

/** @returns the request's id, which the answer's headers tell even where its body broke off. */
async function submit({ client, wire, endpointId, input }: Call): Promise<string> {
  try {
    const { request_id: requestId } = await client.queue.submit(endpointId, { input });
    if (typeof requestId === 'string' && requestId !== '') return requestId;
  } catch (error) {
    const id = acceptedId(wire.failure instanceof NetworkFailure ? wire.failure.exchange : wire.exchanges.at(-1));
    if (id === null) throw error;
    wire.failure = null;
    return id;
  }
  const id = acceptedId(wire.exchanges.at(-1));
  if (id === null) throw new SyntaxError('no request id');
  return id;
}

function acceptedId(exchange: Exchange | null | undefined): string | null {
  return exchange && exchange.status < 300 ? exchange.headers.get('x-fal-request-id') : null;
}

interface Seen {
  /** When work was seen to begin for the last time: the host may put a request back into its queue. */
  startedAtMs: number | null;
  inferenceMs: number | null;
  failed: boolean;
  done: boolean;
}

/** The host's states as they arrive; ones that it does not document are taken for "not done yet". */
interface Status {
  readonly status?: string;
  readonly error?: unknown;
  readonly metrics?: { readonly inference_time?: number | null };
}

async function watch(call: Call, requestId: string): Promise<Seen> {
  const seen: Seen = { startedAtMs: null, inferenceMs: null, failed: false, done: false };
  const note = ({ status, metrics, error }: Status) => {
    if (status === 'IN_QUEUE') seen.startedAtMs = null;
    if (status === 'IN_PROGRESS') seen.startedAtMs ??= call.now();
    if (typeof metrics?.inference_time === 'number') seen.inferenceMs = metrics.inference_time * 1000;
    seen.failed ||= status === 'FAILED' || Boolean(error);
    seen.done ||= status === 'COMPLETED' || status === 'FAILED';
  };
  await (call.pollIntervalMs === null ? watchEvents(call, requestId, note) : poll(call, requestId, seen, note));
  if (!seen.done)
    throw new BackendError('watch', 'the status stream ended before the request did', true, { resumeId: requestId });
  return seen;
}

async function watchEvents(
  { client, endpointId }: Call,
  requestId: string,
  note: (status: Status) => void,
): Promise<void> {
  const stream = await client.queue.streamStatus(endpointId, { requestId, logs: false });
  stream.on('data', (status) => note(status as Status));
  await stream.done();
}

async function poll(call: Call, requestId: string, seen: Seen, note: (status: Status) => void): Promise<void> {
  const { client, endpointId, pollIntervalMs } = call;
  const endAtMs = call.now() + call.patienceMs;
  while (call.now() < endAtMs) {
    note(await client.queue.status(endpointId, { requestId, logs: false }));
    if (seen.done) return;
    await new Promise((resolve) => setTimeout(resolve, pollIntervalMs!));
  }
}
