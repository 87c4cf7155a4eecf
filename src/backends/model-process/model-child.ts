import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BackendError, UserError } from '../../errors.ts';
import type { Numbered, PartialMessage, Reply, Request, SentError, StopMessage } from './model-messages.ts';

/** What of the child's last words is worth repeating. */
const STDERR_CHARACTERS = 2000;

/** What else passes between the child and who asks it, besides request and reply. */
interface Asker {
  /** Told each text that the worker sends before its reply. */
  readonly onPartial?: ((text: string) => void) | undefined;
  /** Asks the worker to end early, where it can. */
  readonly abandoned?: AbortSignal | undefined;
}

/** A process with a model in it. */
export class ModelChild {
  /** As its replies have stated so far. */
  peakMemoryMiB = 0;
  readonly #process: ChildProcess;
  #stderr = '';
  #hasEnded = false;
  #asked = 0;

  /** @param worker program of the process, made with `serveModel`. */
  constructor(worker: URL) {
    // Advanced serialization carries typed arrays and non-finite numbers unchanged.
    this.#process = fork(fileURLToPath(worker), {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    // Each request in flight listens for its reply and for the child's death.
    this.#process.setMaxListeners(0);
    this.#process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
    });
    // A process that cannot be started says so here, and then closes like one that died.
    this.#process.on('error', (error) => {
      this.#stderr = error.message;
    });
    for (const event of ['exit', 'close']) {
      this.#process.once(event, () => {
        this.#hasEnded = true;
      });
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * @throws UserError and BackendError as the worker threw them, and BackendError of kind `process`, retryable, when the
   * child dies before it answers.
   */
  async ask(request: Request<unknown>, asker: Asker = {}): Promise<Reply> {
    const reply = await this.#reply(request, asker);
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

  #reply(request: Request<unknown>, { onPartial, abandoned }: Asker): Promise<Reply> {
    const child = this.#process;
    const number = this.#asked++;
    // What cannot be sent goes to a dead child, whose `close` follows.
    const send = (message: Request<unknown> | StopMessage): void => {
      child.send({ number, message }, () => undefined);
    };
    return new Promise((resolve, reject) => {
      const onMessage = ({ number: answered, message }: Numbered<Reply | PartialMessage>): void => {
        if (answered !== number) return;
        if (message.type === 'partial') {
          onPartial?.(message.text);
          return;
        }
        stopListening();
        resolve(message);
      };
      // `close` comes after the last of stderr, `exit` may come before.
      const onClose = (code: number | null, killedBy: NodeJS.Signals | null): void => {
        stopListening();
        reject(new BackendError('process', `the recognizer's process ${this.#deathText(code, killedBy)}`, true));
      };
      const onAbandoned = (): void => send({ type: 'stop' });
      const stopListening = (): void => {
        child.off('message', onMessage).off('close', onClose);
        abandoned?.removeEventListener('abort', onAbandoned);
      };
      child.on('message', onMessage).on('close', onClose);
      abandoned?.addEventListener('abort', onAbandoned);
      send(request);
    });
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
