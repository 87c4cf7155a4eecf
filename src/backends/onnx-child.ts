import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BackendError, UserError } from '../errors.ts';
import type { Reply, Request, SentError } from './onnx-messages.ts';

// The child runs what the compiler made, so the backend works in built form only.
const WORKER = fileURLToPath(new URL('./onnx-worker.js', import.meta.url));

/** What of the child's last words is worth repeating. */
const STDERR_CHARACTERS = 2000;

/** A running worker. Requests must not overlap. */
export class OnnxChild {
  /** As its replies have stated so far. */
  peakMemoryMiB = 0;
  readonly #process: ChildProcess;
  #stderr = '';
  #hasEnded = false;

  constructor() {
    // Advanced serialization carries typed arrays and non-finite numbers unchanged.
    this.#process = fork(WORKER, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
    });
    this.#process.once('exit', () => {
      this.#hasEnded = true;
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * @throws UserError and BackendError as the worker threw them, and BackendError of kind `process`, retryable, when the
   * child dies before it answers.
   */
  async ask(request: Request): Promise<Reply> {
    const reply = await this.#nextReply(request);
    this.peakMemoryMiB = Math.max(this.peakMemoryMiB, reply.peakMemoryMiB);
    if (reply.type === 'failed') throw received(reply.error);
    return reply;
  }

  /** Ends the child and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }

  async #nextReply(request: Request): Promise<Reply> {
    const listening = new AbortController();
    const { signal } = listening;
    try {
      const answered = once(this.#process, 'message', { signal }) as Promise<[Reply]>;
      // `close` comes after the last of stderr, `exit` may come before.
      const died = once(this.#process, 'close', { signal }) as Promise<[number | null, NodeJS.Signals | null]>;
      this.#process.send(request, () => undefined);
      const first = await Promise.race([answered.then(([reply]) => reply), died]);
      if (!Array.isArray(first)) return first;
      const [code, killedBy] = first;
      throw new BackendError('process', `the recognizer's process ${this.#deathText(code, killedBy)}`, true);
    } finally {
      listening.abort();
    }
  }

  #deathText(code: number | null, killedBy: NodeJS.Signals | null): string {
    const words = this.#stderr.trim().split('\n').at(-1) ?? '';
    return `${killedBy ? `was killed by ${killedBy}` : `ended with code ${code}`}${words === '' ? '' : `: ${words}`}`;
  }
}

function received(error: SentError): Error {
  if (error.name === 'UserError') return new UserError(error.message);
  if (error.name === 'BackendError') return new BackendError(error.kind, error.message, error.retryable);
  const bug = new Error(error.message);
  if (error.stack !== null) bug.stack = error.stack;
  return bug;
}
