import { changeOf } from '../../text/partials.ts';
import type { PartialChange } from '../../types.ts';
import { lostAnswer } from './failures.ts';
import { during, type Call, type Reply } from './call.ts';

/** Something that the stream sent. */
interface StreamEvent {
  readonly atMs: number;
  readonly data: unknown;
}

/** The endpoint's event stream: the text so far each time it changes, and at last the whole. */
export async function transcribeByStream(call: Call): Promise<Reply> {
  const { client, wire, endpointId, input, tracking } = call;
  return during(call, 'stream', null, async () => {
    const lost = (message: string) =>
      lostAnswer('stream', message, { ...call.failure, phase: 'stream', resumeId: null });
    tracking?.onSending();
    const sentAtMs = call.now();
    const events: StreamEvent[] = [];
    const stream = await client.stream(endpointId, { input });
    stream.on('data', (data: unknown) => {
      events.push({ atMs: call.now() - sentAtMs, data });
      const text = call.textOf(data);
      if (text !== null) call.onPartial?.(text);
    });
    await stream.done();
    const answer = wire.exchanges.at(-1)!;
    const last = events.at(-1);
    if (last === undefined) throw lost('the stream ended without an event');
    const text = call.textOf(last.data);
    if (text === null)
      throw lost(`the stream ended with an error: ${call.failure.redact(JSON.stringify(last.data)).slice(0, 200)}`);
    // The endpoint leaves `partial` out of whole answers, so that only an explicit mark means "more was to come".
    if ((last.data as { partial?: unknown }).partial === true) throw lost('the stream ended with a partial transcript');
    return {
      text,
      partials: partialsOf(events, call.textOf),
      latencyMs: last.atMs,
      spans: {},
      hosted: {
        requestId: answer.headers.get('x-fal-request-id'),
        resumed: false,
        roundTripMs: answer.headersAtMs - answer.sentAtMs,
      },
    };
  });
}

function partialsOf(events: readonly StreamEvent[], textOf: Call['textOf']): PartialChange[] {
  let shown = '';
  return events.flatMap(({ atMs, data }) => {
    const text = textOf(data);
    if (text === null) return [];
    const change = changeOf(shown, text);
    shown = text;
    return [{ atMs, ...change }];
  });
}
