import { BackendError, type FailureFacts } from '../../errors.ts';
import { HttpFailure, localKey, NetworkFailure } from './wire.ts';

/** What was being done when it failed. */
export type Phase = 'upload' | 'submit' | 'watch' | 'result' | 'run' | 'stream';

export interface FailureContext {
  readonly phase: Phase;
  readonly endpoint: string;
  /** Names of the host in messages. */
  readonly host: string;
  /** The environment variable with the key that was sent; `null` where a server in the host's place got none. */
  readonly keyName: string | null;
  /** Of a request that the host has taken and keeps; a retry can go on with it. */
  readonly resumeId: string | null;
  /** Takes secrets out of what others wrote. */
  readonly redact: (text: string) => string;
  /** USD per billed unit. */
  readonly usdPerUnit: number | null;
  /** Whether work may be sent again although its first sending may have been billed. */
  readonly resendsUnknown: boolean;
}

const retryableStatuses = new Set([408, 425, 429, 499, 500, 502, 503, 504]);

/** Puts whatever a call ended with into the words of the sweep: a kind, one line, whether to try again. */
export function asFailure(error: unknown, context: FailureContext): BackendError {
  if (error instanceof BackendError) return error;
  if (error instanceof HttpFailure) return httpFailure(error, context);
  if (error instanceof NetworkFailure) return networkFailure(error, context);
  if (error instanceof SyntaxError) {
    return lostAnswer('bad-answer', `${context.host} answered with broken JSON`, context);
  }
  // What the client itself says of an answer that it cannot read.
  if (error instanceof Error && error.name === 'ApiError')
    return lostAnswer('bad-answer', context.redact(error.message), context);
  throw error;
}

/**
 * The answer to something that may have been billed is lost. Asked for again only where that is free: by the request's
 * id, or because the user accepts to pay twice.
 */
export function lostAnswer(kind: string, message: string, context: FailureContext): BackendError {
  const { phase, resumeId, resendsUnknown } = context;
  if (resumeId !== null) return new BackendError(kind, message, true, { resumeId });
  if (phase === 'upload' || phase === 'watch' || phase === 'result') return new BackendError(kind, message, true);
  const advice = 'whether it was billed is not known; sending it again may pay twice';
  return new BackendError('unknown-outcome', `${message}; ${advice}`, resendsUnknown, { costUsd: null });
}

function networkFailure({ reason, mayHaveArrived }: NetworkFailure, context: FailureContext): BackendError {
  const { host, resumeId } = context;
  const isTimeout = reason === 'TimeoutError' || reason.includes('TIMEOUT');
  if (isTimeout) return lostAnswer('timeout', `${host} did not answer in time`, context);
  if (mayHaveArrived) return lostAnswer('network', `the connection to ${host} broke off (${reason})`, context);
  if (/^CERT_(NOT_YET_VALID|HAS_EXPIRED)$/.test(reason)) {
    const clock = `this machine's clock says ${new Date().toISOString()}; set it right`;
    const facts = { ...resumable({}, resumeId), stopsBackend: true };
    return new BackendError('clock', `the certificate of ${host} is not valid now (${reason}): ${clock}`, false, facts);
  }
  const facts = { ...(resumeId === null ? {} : { resumeId }), isUnreachable: true };
  return new BackendError('network', `${host} cannot be reached (${reason}); is the network up?`, true, facts);
}

function httpFailure({ exchange, body }: HttpFailure, context: FailureContext): BackendError {
  const { endpoint, host, keyName, resumeId, phase } = context;
  const { status, headers } = exchange;
  const detail = context.redact(describeBody(body));
  const said = detail === '' ? '' : `: ${detail}`;
  const facts: FailureFacts = { ...billed(headers, context), ...retryAfter(headers) };
  const stop = { ...resumable(facts, resumeId), stopsBackend: true };
  switch (status) {
    case 401: {
      const advice =
        keyName === null
          ? `a server other than fal is sent the key ${localKey}; start it with that one, or with none`
          : `set ${keyName} to a valid one`;
      return new BackendError('auth', `${host} refuses the key (401)${said}; ${advice}`, false, stop);
    }
    case 402:
    case 403:
      return new BackendError(
        'balance',
        `the account may not pay for this (${status})${said}; see fal.ai/dashboard`,
        false,
        stop,
      );
    case 404:
      if (resumeId !== null) {
        return new BackendError('lost-request', `${host} no longer knows request ${resumeId} (404)${said}`, false, {
          costUsd: null,
        });
      }
      return new BackendError('endpoint', `${host} has no endpoint ${endpoint} (404)${said}`, false, stop);
    case 422:
      return badInput(body, detail, { costUsd: null, ...facts });
    case 429:
      return new BackendError(
        'rate-limit',
        `${host} has too much to do (429)${said}`,
        true,
        resumable(facts, resumeId),
      );
    default: {
      const stillRunning = status === 400 && phase === 'result' && /still in progress/i.test(detail);
      const retryable =
        stillRunning || (retryableStatuses.has(status) && headers.get('x-fal-request-timeout-type') !== 'user');
      const kind = status >= 500 || stillRunning ? 'host' : 'refused';
      return new BackendError(kind, `${host} answered ${status}${said}`, retryable, resumable(facts, resumeId));
    }
  }
}

function resumable(facts: FailureFacts, resumeId: string | null): FailureFacts {
  return resumeId === null ? facts : { ...facts, resumeId };
}

const inputKinds: Readonly<Record<string, string>> = {
  audio_duration_too_long: 'audio-too-long',
  audio_duration_too_short: 'audio-too-short',
  unsupported_audio_format: 'audio-format',
  file_download_error: 'audio-download',
  file_too_large: 'audio-too-large',
};

function badInput(body: unknown, detail: string, facts: FailureFacts): BackendError {
  const type = firstDetail(body)?.['type'];
  const kind = (typeof type === 'string' ? inputKinds[type] : undefined) ?? 'bad-input';
  return new BackendError(kind, `the endpoint refuses the input (422): ${detail}`, false, facts);
}

/** Failures without the header are free where the host says so: only 422 may have used a machine. */
function billed(headers: Headers, { usdPerUnit }: FailureContext): FailureFacts {
  const units = billableUnits(headers);
  if (units === null) return {};
  return { costUsd: units === 0 ? 0 : usdPerUnit === null ? null : units * usdPerUnit };
}

/** Billed quantity in the unit of the price; `null` where the host does not tell. */
export function billableUnits(headers: Headers): number | null {
  const text = headers.get('x-fal-billable-units');
  const units = Number(text);
  return text === null || text.trim() === '' || !Number.isFinite(units) ? null : units;
}

/** A date is held against the host's own clock, because this machine's may be wrong. */
function retryAfter(headers: Headers): FailureFacts {
  const text = headers.get('retry-after');
  if (text === null) return {};
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return { retryAfterMs: Math.max(0, seconds * 1000) };
  const waitMs = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(waitMs) ? { retryAfterMs: Math.max(0, waitMs) } : {};
}

function firstDetail(body: unknown): Record<string, unknown> | null {
  const { detail } = (typeof body === 'object' && body !== null ? body : {}) as { detail?: unknown };
  return Array.isArray(detail) && typeof detail[0] === 'object' ? (detail[0] as Record<string, unknown>) : null;
}

const longestDetail = 300;

/** One line of what the host said. */
function describeBody(body: unknown): string {
  const { detail } = (typeof body === 'object' && body !== null ? body : {}) as { detail?: unknown };
  const first = firstDetail(body);
  const text =
    typeof first?.['msg'] === 'string'
      ? `${(Array.isArray(first['loc']) ? first['loc'] : []).join('.')} ${first['msg']} (${String(first['type'])})`
      : typeof detail === 'string'
        ? detail
        : typeof body === 'string'
          ? body.replace(/<[^>]*>/g, ' ')
          : JSON.stringify(body);
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestDetail ? `${line.slice(0, longestDetail)}…` : line;
}
