import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { requestKey, withoutSignatures, type RecordedExchange, type Send } from './exchange-key.ts';

const keptHeaders = /^(content-type|date|retry-after|x-fal-.*)$/;

/**
 * Passes requests on and appends what comes back to a file, one JSON line for each exchange, so that they can be replayed
 * without key or network. Holds no request's headers; keys and signatures of addresses are taken out of bodies.
 * @param redact takes the key out of what others wrote.
 */
export function recorded(send: Send, file: string, redact: (text: string) => string): Send {
  mkdirSync(dirname(file), { recursive: true });
  const clean = (text: string) => redact(withoutSignatures(text));
  return async (asked, init) => {
    const sentAtMs = performance.now();
    const elapsedMs = () => Number((performance.now() - sentAtMs).toFixed(3));
    const request = await requestKey(asked, init);
    const write = (exchange: Omit<RecordedExchange, 'request'>) => {
      appendFileSync(file, `${JSON.stringify({ request, ...exchange })}\n`);
    };
    const response = await send(asked, init).catch((error: unknown) => {
      const { code, name, cause } = error as { code?: string; name: string; cause?: { code?: string } };
      write({ failure: cause?.code ?? code ?? name });
      throw error;
    });
    const kept = [...response.headers].filter(([name]) => keptHeaders.test(name));
    const headers = Object.fromEntries(kept.map(([name, value]) => [name, clean(value)]));
    const head = { status: response.status, headers, headersAfterMs: elapsedMs() };
    if (response.body === null) {
      write({ ...head, pieces: [] });
      return response;
    }
    const pieces: { afterMs: number; text: string }[] = [];
    const decoder = new TextDecoder();
    const end = (isTorn: boolean) => {
      write({ ...head, pieces: cleaned(pieces, clean), ...(isTorn ? { isTorn } : {}) });
    };
    const body = watched(response.body, {
      onPiece: (bytes) => pieces.push({ afterMs: elapsedMs(), text: decoder.decode(bytes, { stream: true }) }),
      onEnd: end,
    });
    return new Response(body, response);
  };
}

/** A secret may lie across two pieces: where anything has to go, the body becomes one piece. */
function cleaned(pieces: RecordedExchange['pieces'] & object, clean: (text: string) => string) {
  const whole = pieces.map(({ text }) => text).join('');
  const text = clean(whole);
  return text === whole ? pieces : [{ afterMs: pieces.at(-1)?.afterMs ?? 0, text }];
}

interface Watcher {
  readonly onPiece: (bytes: Uint8Array) => void;
  readonly onEnd: (isTorn: boolean) => void;
}

function watched(body: ReadableStream<Uint8Array>, { onPiece, onEnd }: Watcher): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          onEnd(false);
          controller.close();
          return;
        }
        onPiece(value);
        controller.enqueue(value);
      } catch (error) {
        onEnd(true);
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
