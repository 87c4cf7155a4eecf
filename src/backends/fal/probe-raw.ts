import type { Transport } from '../../types.ts';
import type { Recognizer } from '../backend.ts';
import { nemotronId } from './endpoints.ts';
import { asFailure, type FailureContext } from './failures.ts';
import { redactor } from './redact.ts';
import { HttpFailure, localKey, Wire } from './wire.ts';

const longestFinding = 500;

/** What the endpoint's documentation leaves open, and what was seen. */
export interface Finding {
  readonly question: string;
  readonly finding: string;
}

export interface ProbeOptions {
  /** Speech to put together. */
  readonly clips: readonly string[];
  readonly language: string;
  readonly key: string;
  readonly target: string | null;
  connect(transport: Transport): Promise<Recognizer>;
}

/** What came back from one raw request. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Asks as no client would: one raw request, any answer welcome. */
export async function askRaw({ key, target }: ProbeOptions, url: string, body?: object): Promise<RawAnswer> {
  const wire = new Wire({ target, timeoutMs: 60_000, now: () => performance.now(), headers: {} });
  const host = target === null ? 'fal' : new URL(target).host;
  const redact = redactor(key);
  const context: FailureContext = {
    phase: 'result',
    endpoint: nemotronId,
    host,
    keyName: target === null ? 'FAL_KEY' : null,
    resumeId: null,
    redact,
    usdPerUnit: null,
    resendsUnknown: false,
  };
  try {
    const response = await wire.fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Key ${target === null ? key : localKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: redact(await response.text()) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw asFailure(error, context);
    return { status: error.exchange.status, text: redact(JSON.stringify(error.body)) };
  }
}

/** What an answer holds, where it is JSON as it should be; else nothing. */
export function parsed({ text }: RawAnswer): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** An answer as a finding. */
export function told({ status, text }: RawAnswer): string {
  return `${status} ${text}`.slice(0, longestFinding);
}
