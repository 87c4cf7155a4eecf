import { readFileSync } from 'node:fs';
import { BackendError, UserError } from '../../errors.ts';
import { requestKey, type RecordedExchange, type RequestKey, type Send } from './exchange-key.ts';

/**
 * Answers requests from a recording, at the pace at which the answers came; equal requests are answered in the order in
 * which they were recorded. Touches no network.
 * @throws UserError when the file cannot be read or is no recording.
 */
export function replayed(file: string): Send {
  const answers = new Map<string, RecordedExchange[]>();
  for (const exchange of readExchanges(file)) {
    const id = idOf(exchange.request);
    answers.set(id, [...(answers.get(id) ?? []), exchange]);
  }
  return async (asked, init) => {
    const request = await requestKey(asked, init);
    const exchange = answers.get(idOf(request))?.shift();
    if (exchange === undefined) {
      const message = `the recording has no (further) answer to ${request.method} ${request.url}; record this sweep again`;
      throw new BackendError('replay', message, false);
    }
    return answerOf(exchange);
  };
}

function readExchanges(file: string): RecordedExchange[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RecordedExchange);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new UserError(`replay: cannot read ${file} (${reason}); give a file that earshot run --record wrote`);
  }
}

function idOf({ method, url, bodySha256 }: RequestKey): string {
  return JSON.stringify([method, url, bodySha256]);
}

async function answerOf(exchange: RecordedExchange): Promise<Response> {
  const { failure, status, headers = {}, headersAfterMs = 0, pieces = [], isTorn = false } = exchange;
  if (failure !== undefined) throw Object.assign(new Error('fetch failed'), { code: failure });
  const sentAtMs = performance.now();
  const until = (afterMs: number) => {
    return new Promise((resolve) => setTimeout(resolve, afterMs - (performance.now() - sentAtMs)));
  };
  await until(headersAfterMs);
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = pieces[next++];
      if (piece !== undefined) {
        await until(piece.afterMs);
        controller.enqueue(Buffer.from(piece.text));
      } else if (isTorn) controller.error(Object.assign(new Error('terminated'), { code: 'ECONNRESET' }));
      else controller.close();
    },
  });
  return new Response(pieces.length === 0 && !isTorn ? null : body, { status: status!, headers });
}
