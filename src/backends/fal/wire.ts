import { BackendError, invariant } from '../../errors.ts';
import { Ending } from '../../transfer/ending.ts';
import { atLineEnds } from './event-boundaries.ts';
import type { Send } from './exchange-key.ts';

/** One HTTP request with its answer. Times are on the given monotonic clock, milliseconds. */
export interface Exchange {
  readonly sentAtMs: number;
  readonly headersAtMs: number;
  /** When the body was read; for events, when their stream began. */
  readonly endedAtMs: number;
  readonly status: number;
  readonly headers: Headers;
}

/** The host answered, but not with success. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly exchange: Exchange;
  /** Parsed where it is JSON. */
  readonly body: unknown;

  constructor(exchange: Exchange, body: unknown) {
    super(`HTTP ${exchange.status}`);
    this.exchange = exchange;
    this.body = body;
  }
}

/**
 * No whole answer came. Has neither a cause nor a `code`: the client would recognize the network's own errors by them and
 * send the request again behind our back.
 */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  /** The network's word for it, such as ECONNRESET. */
  readonly reason: string;
  /** False only where the request certainly never arrived. */
  readonly mayHaveArrived: boolean;
  /** The answer whose body broke off. */
  readonly exchange: Exchange | null;

  constructor(reason: string, mayHaveArrived: boolean, exchange: Exchange | null) {
    super(reason);
    this.reason = reason;
    this.mayHaveArrived = mayHaveArrived;
    this.exchange = exchange;
  }
}

export interface WireOptions {
  /** Origin of a server that speaks the host's protocol; `null` for the host itself. */
  readonly target: string | null;
  readonly timeoutMs: number;
  /** Monotonic. */
  readonly now: () => number;
  /** Instead of the network. */
  readonly send?: Send;
  /** Added to requests that start work. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a local server is given for a key. */
export const localKey = 'local';

const prefixes: Readonly<Record<string, string>> = {
  'queue.fal.run': '/queue',
  'fal.run': '/run',
  'rest.fal.ai': '/rest',
  'api.fal.ai': '/api',
};

const neverArrived = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'bad port',
]);

/** What fetch refuses by its own rules has words and no code. */
const rules = new Set(['bad port', 'unexpected redirect']);

/**
 * The official client's way to the network for one call: each request leaves exactly once, is timed, and keeps its
 * headers. The client would retry on its own, unseen and even where that pays twice; failures of classes that it does not
 * know end its call instead, and where it goes on in spite of them, as with the parts of a large upload, nothing leaves.
 */
export class Wire {
  readonly exchanges: Exchange[] = [];
  /**
   * The last failure; the client's streams wrap what they meet, so that it is kept here. Until it is taken away, every
   * further request meets it again.
   */
  failure: HttpFailure | NetworkFailure | BackendError | null = null;
  readonly #options: WireOptions;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    if (this.failure !== null) throw this.failure;
    const { target, timeoutMs, now, send = throughNetwork(target), headers: extra } = this.#options;
    const asked = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    if (method === 'POST' && /^(queue\.)?fal\.run$/.test(asked.hostname)) {
      for (const [name, value] of Object.entries(extra)) headers.set(name, value);
    }
    if (target !== null && headers.has('authorization')) headers.set('authorization', `Key ${localKey}`);
    const ending = new Ending(timeoutMs, init.signal ?? null);
    const done = () => ending.release();
    const sentAtMs = now();
    let response: Response;
    try {
      response = await send(asked, { ...init, headers, redirect: 'error', signal: ending.signal });
    } catch (error) {
      done();
      if (error instanceof BackendError) throw this.#fail(error);
      throw this.#fail(networkFailure(error, null));
    }
    const headersAtMs = now();
    const answer = { sentAtMs, headersAtMs, status: response.status, headers: response.headers };
    if (response.ok && response.body && isEvents(response)) {
      const exchange = { ...answer, endedAtMs: headersAtMs };
      this.exchanges.push(exchange);
      const body = atLineEnds(response.body, (error) => this.#fail(networkFailure(error, exchange)), done);
      return new Response(body, response);
    }
    const bytes = await response
      .arrayBuffer()
      .catch((error: unknown) => {
        throw this.#fail(networkFailure(error, { ...answer, endedAtMs: now() }));
      })
      .finally(done);
    const exchange = { ...answer, endedAtMs: now() };
    this.exchanges.push(exchange);
    if (!response.ok) throw this.#fail(new HttpFailure(exchange, parsed(Buffer.from(bytes).toString())));
    return new Response(bytes.byteLength === 0 ? null : bytes, response);
  };

  #fail<Failure extends NonNullable<Wire['failure']>>(failure: Failure): Failure {
    this.failure = failure;
    return failure;
  }
}

function isEvents(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/** Sends to the host, or to a server that stands in for it. */
export function throughNetwork(target: string | null): Send {
  return (asked, init) => {
    return fetch(placed(asked, target, new Headers(init.headers).has('authorization')), init);
  };
}

/** Where a request really goes. A key leaves only over TLS and only to the host's own names. */
function placed(asked: URL, target: string | null, carriesKey: boolean): URL {
  if (target === null) {
    const isFal = /(^|\.)fal\.(run|ai)$/.test(asked.hostname) && asked.port === '';
    invariant(asked.protocol === 'https:', `a request to ${asked.origin} would leave without TLS`);
    invariant(!carriesKey || isFal, `a key would go to ${asked.origin}`);
    return asked;
  }
  const prefix = prefixes[asked.hostname];
  if (prefix !== undefined) return new URL(target.replace(/\/$/, '') + prefix + asked.pathname + asked.search);
  invariant(asked.origin === new URL(target).origin, `a request meant for ${target} would go to ${asked.origin}`);
  return asked;
}

function networkFailure(error: unknown, exchange: Exchange | null): NetworkFailure {
  const { name, cause } = error as Error;
  const chain = [error, cause] as ({ code?: string | number } | undefined)[];
  const codes = chain.map((link) => link?.code).filter((code) => typeof code === 'string');
  const rule = cause instanceof Error && rules.has(cause.message) ? cause.message : null;
  const code = codes[0] ?? rule ?? (name === 'TypeError' ? 'ECONNRESET' : name);
  return new NetworkFailure(code, exchange !== null || !neverArrived.has(code), exchange);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
