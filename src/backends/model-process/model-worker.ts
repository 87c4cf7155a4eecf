import { BackendError, UserError } from '../../errors.ts';
import type { Hypothesis, RecognizerInfo } from '../../types.ts';
import {
  abandonedError,
  type Numbered,
  type PartialMessage,
  type Reply,
  type Request,
  type SentError,
  type StopMessage,
  type TranscribeRequest,
} from './model-messages.ts';

/** What a process with a model can do. */
export interface ModelProgram<Model> {
  open(model: Model): Promise<RecognizerInfo>;
  /**
   * @param onText shows the text so far where the request wants it.
   * @param signal aborts when the answer is not wanted any more; what is thrown then is its reason.
   */
  transcribe(request: TranscribeRequest, onText: (text: string) => void, signal: AbortSignal): Promise<Hypothesis>;
}

/**
 * Makes this process one that loads a model and answers utterances. Models have processes of their own because
 * inference blocks the thread that asks for it, and because the memory and the death of a process can be told apart from
 * everything else.
 */
export function serveModel<Model>(program: ModelProgram<Model>): void {
  // A terminal's Ctrl-C reaches every process of its group; when to end is the parent's decision, told by disconnecting.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit());
  const underWay = new Map<number, AbortController>();
  process.on('message', ({ number, message }: Numbered<Request<Model> | StopMessage>) => {
    if (message.type === 'stop') {
      underWay.get(number)?.abort(abandonedError());
      return;
    }
    const stopping = new AbortController();
    underWay.set(number, stopping);
    void answer(program, { number, message }, stopping.signal).then((reply) => {
      underWay.delete(number);
      send({ number, message: { ...reply, peakMemoryMiB: peakMemoryMiB() } });
    });
  });
}

type Answer = Reply extends infer R ? (R extends Reply ? Omit<R, 'peakMemoryMiB'> : never) : never;

async function answer<Model>(
  program: ModelProgram<Model>,
  { number, message: request }: Numbered<Request<Model>>,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    if (request.type === 'open') return { type: 'opened', info: await program.open(request.model) };
    const onText = (text: string): void => send({ number, message: { type: 'partial', text } });
    const hypothesis = await program.transcribe(request, onText, signal);
    return { type: 'transcribed', hypothesis: { ...hypothesis, processMemoryMiB: peakMemoryMiB() } };
  } catch (error) {
    return { type: 'failed', error: sendable(error) };
  }
}

function sendable(error: unknown): SentError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const shared = { message, stack: stack ?? null };
  if (error instanceof BackendError) {
    return { ...shared, name: 'BackendError', kind: error.kind, retryable: error.retryable };
  }
  return { ...shared, name: error instanceof UserError ? 'UserError' : 'Error', kind: '', retryable: false };
}

function send(message: Numbered<Reply | PartialMessage>): void {
  process.send?.(message);
}

/** `maxRSS` is in KiB. */
function peakMemoryMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
