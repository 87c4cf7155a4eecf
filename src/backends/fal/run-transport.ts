import { lostAnswer } from './failures.ts';
import { during, type Call, type Reply } from './call.ts';

/** One request that stays open until the answer is there. */
export async function transcribeByRun(call: Call): Promise<Reply> {
  const { client, wire, endpointId, input, tracking } = call;
  return during(call, 'run', null, async () => {
    tracking?.onSending();
    const result = await client.run(endpointId, { input });
    const answer = wire.exchanges.at(-1)!;
    const text = call.textOf(result.data);
    if (text === null)
      throw lostAnswer('bad-answer', 'the answer has no transcript', { ...call.failure, phase: 'run', resumeId: null });
    return {
      text,
      partials: null,
      latencyMs: answer.endedAtMs - answer.sentAtMs,
      spans: { downloadMs: answer.endedAtMs - answer.headersAtMs },
      hosted: {
        requestId: answer.headers.get('x-fal-request-id'),
        resumed: false,
        roundTripMs: null,
      },
    };
  });
}
