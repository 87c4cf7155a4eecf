import { checkKey } from './check-key.ts';
import { EventStream, readJson, reset, sendHalf, sendJson, type HttpExchange } from './exchange.ts';
import type { Faults } from './faults.ts';
import { readInput } from './input.ts';
import type { Job, Jobs } from './jobs.ts';
import { infrastructure, Refusal } from './refusal.ts';

export interface EndpointOptions {
  readonly endpointId: string;
  readonly jobs: Jobs;
  readonly faults: Faults;
  readonly maxBodyBytes: number;
  readonly origin: () => string;
  /** The one key that is let in; `null` lets every key in. */
  readonly key: string | null;
}

/** Queue, direct and streaming calls of the one endpoint, with the faults that belong to each. */
export class EndpointRoutes {
  readonly #options: EndpointOptions;
  readonly #base: string;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#base = options.endpointId.split('/').slice(0, 2).join('/');
  }

  /** @returns false for a path that is none of the endpoint's. */
  async handle(exchange: HttpExchange): Promise<boolean> {
    const { method, path } = exchange;
    const { endpointId } = this.#options;
    if (!/^\/(queue|run)\//.test(path)) return false;
    checkKey(exchange, this.#options.key);
    const inQueue = path.startsWith('/queue/') ? path.slice('/queue/'.length) : null;
    const [, requestId, rest] =
      new RegExp(`^(?:${endpointId}|${this.#base})/requests/([^/]+)(/.*)?$`).exec(inQueue ?? '') ?? [];
    if (requestId !== undefined) return this.#handleRequest(exchange, requestId, rest ?? '');
    if (method === 'POST' && inQueue === endpointId) return this.#submit(exchange);
    if (method === 'POST' && path === `/run/${endpointId}`) return this.#run(exchange);
    if (method === 'POST' && path === `/run/${endpointId}/stream`) return this.#stream(exchange);
    throw new Refusal(
      404,
      { detail: `Path /${path.split('/').slice(2).join('/')} not found` },
      { 'x-fal-billable-units': '0' },
    );
  }

  async #submit(exchange: HttpExchange): Promise<true> {
    const { faults } = this.#options;
    const body = await this.#admit(exchange);
    if (body === null) return true;
    const job = this.#accept(body, 'queue');
    const headers = { 'x-fal-request-id': job.id };
    const envelope = { ...this.#links(job), status: 'IN_QUEUE', queue_position: this.#options.jobs.positionOf(job) };
    if (faults.happens('reset-after-acceptance')) reset(exchange);
    else if (faults.happens('truncated-json')) sendHalf(exchange, envelope, headers);
    else sendJson(exchange, 200, envelope, headers);
    return true;
  }

  async #run(exchange: HttpExchange): Promise<true> {
    const { faults, jobs } = this.#options;
    const body = await this.#admit(exchange);
    if (body === null) return true;
    this.#refuseCrowd();
    const job = this.#accept(body, 'run');
    await jobs.finished(job);
    if (faults.happens('reset-after-acceptance')) reset(exchange);
    else if (faults.happens('truncated-json')) sendHalf(exchange, output(job), this.#resultHeaders(job));
    else this.#sendResult(exchange, job);
    return true;
  }

  async #stream(exchange: HttpExchange): Promise<true> {
    const { faults, jobs } = this.#options;
    const body = await this.#admit(exchange);
    if (body === null) return true;
    this.#refuseCrowd();
    const job = this.#accept(body, 'stream');
    const stream = new EventStream(exchange, { 'x-fal-request-id': job.id });
    job.events.on('partial', (text) => stream.send({ output: text, partial: true }));
    await jobs.finished(job);
    const isDropped = faults.happens('stream-drop') || faults.happens('reset-after-acceptance');
    if (isDropped) stream.drop();
    else if (job.failure !== null) stream.send(job.failure.body, 'error');
    else if (faults.happens('event-error')) stream.send({ detail: 'Internal server error' }, 'error');
    else if (faults.happens('partial-last')) stream.send({ ...output(job), partial: true });
    else if (faults.happens('split-character')) await stream.sendSplit({ ...output(job), partial: false });
    else stream.send({ ...output(job), partial: false });
    if (!isDropped) stream.end();
    return true;
  }

  async #handleRequest(exchange: HttpExchange, id: string, rest: string): Promise<true> {
    const { jobs, faults } = this.#options;
    const { method } = exchange;
    const job = jobs.find(id);
    if (method === 'GET' && rest === '/status') {
      if (faults.happens('status-unavailable')) throw infrastructure(500, 'Internal error', 'internal_error');
      sendJson(exchange, job.state === 'COMPLETED' ? 200 : 202, this.#status(job));
    } else if (method === 'GET' && rest === '/status/stream') {
      if (faults.happens('status-unavailable')) throw infrastructure(500, 'Internal error', 'internal_error');
      await this.#streamStatus(exchange, job);
    } else if (method === 'GET' && (rest === '' || rest === '/response')) {
      if (job.state !== 'COMPLETED') throw new Refusal(400, { detail: 'Request is still in progress' });
      if (faults.happens('result-unavailable')) throw infrastructure(503, 'Runner disconnected', 'runner_disconnected');
      this.#sendResult(exchange, job);
    } else if (method === 'PUT' && rest === '/cancel') {
      jobs.cancel(job);
      sendJson(exchange, 202, { status: 'CANCELLATION_REQUESTED' });
    } else {
      throw new Refusal(404, { detail: `Path ${rest} not found` });
    }
    return true;
  }

  async #streamStatus(exchange: HttpExchange, job: Job): Promise<void> {
    const { faults } = this.#options;
    const stream = new EventStream(exchange, { 'x-fal-request-id': job.id });
    const isDropped = faults.happens('status-stream-drop');
    const show = () => stream.send(this.#status(job));
    show();
    if (isDropped) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      stream.drop();
      return;
    }
    if (faults.happens('unknown-state')) stream.send({ ...this.#status(job), status: 'WARMING_UP' });
    job.events.on('change', show);
    await this.#options.jobs.finished(job);
    job.events.off('change', show);
    stream.end();
  }

  /** Reads the body of a request that starts work, unless a fault answers it. */
  async #admit(exchange: HttpExchange): Promise<{ readonly input: unknown } | null> {
    const { faults, maxBodyBytes } = this.#options;
    const input = await readJson(exchange, maxBodyBytes);
    const status = faults.refusal();
    if (status !== null) throw infrastructure(status, `Injected ${status}`, 'internal_error');
    if (faults.happens('too-many-requests')) {
      const retryAfter = String(faults.settings.retryAfterSeconds);
      throw new Refusal(429, { detail: 'Too many requests' }, { 'retry-after': retryAfter });
    }
    if (faults.happens('html-502')) {
      exchange.response.writeHead(502, { 'content-type': 'text/html' });
      exchange.response.end('<html><body><h1>502 Bad Gateway</h1></body></html>');
      return null;
    }
    if (faults.happens('reset-before-acceptance')) {
      reset(exchange);
      return null;
    }
    return faults.happens('hang') ? null : { input };
  }

  #accept({ input }: { readonly input: unknown }, transport: 'queue' | 'run' | 'stream'): Job {
    return this.#options.jobs.accept(readInput(input), transport);
  }

  /** Direct calls above the account's limit are refused; those in the queue wait. */
  #refuseCrowd(): void {
    if (!this.#options.jobs.isFull) return;
    const body = { detail: 'Too many concurrent requests', error_type: 'concurrent_requests_limit' };
    throw new Refusal(429, body, { 'x-fal-needs-retry': '1' });
  }

  #sendResult(exchange: HttpExchange, job: Job): void {
    const headers = this.#resultHeaders(job);
    const { failure } = job;
    if (failure === null) sendJson(exchange, 200, output(job), headers);
    else sendJson(exchange, failure.status, failure.body, { ...headers, ...failure.headers });
  }

  #resultHeaders(job: Job): Record<string, string> {
    const isBilled = job.failure === null && !this.#options.faults.happens('missing-billable-units');
    return {
      'x-fal-request-id': job.id,
      'x-fal-served-from': `local-${process.pid}`,
      ...(isBilled ? { 'x-fal-billable-units': String(job.units) } : {}),
    };
  }

  #links({ id }: Job) {
    const url = `${this.#options.origin()}/queue/${this.#base}/requests/${id}`;
    return { request_id: id, response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
  }

  #status(job: Job) {
    const { jobs, faults } = this.#options;
    const { state, failure } = job;
    const isFailed = state === 'COMPLETED' && failure !== null;
    return {
      ...this.#links(job),
      status: isFailed && faults.happens('failed-state') ? 'FAILED' : state,
      logs: [],
      ...(state === 'IN_QUEUE' ? { queue_position: jobs.positionOf(job) } : {}),
      ...(state === 'COMPLETED' ? { metrics: { inference_time: job.inferenceMs / 1000 } } : {}),
      ...(isFailed
        ? { error: JSON.stringify(failure.body), error_type: failure.headers['x-fal-error-type'] ?? 'error' }
        : {}),
    };
  }
}

function output({ text }: Job) {
  return { output: text ?? '', partial: false };
}
