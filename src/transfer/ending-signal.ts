/**
 * Ends work after so long, with a `TimeoutError`, or when another signal does. Not `AbortSignal.any` over
 * `AbortSignal.timeout`: nothing keeps the latter alive there, and once it is collected its time never comes.
 */
export function endingSignal(timeoutMs: number, other?: AbortSignal | null): AbortSignal {
  const controller = new AbortController();
  const end = () => controller.abort(new DOMException('no answer in time', 'TimeoutError'));
  setTimeout(end, timeoutMs).unref();
  if (other?.aborted) controller.abort(other.reason);
  other?.addEventListener('abort', () => controller.abort(other.reason), { once: true });
  return controller.signal;
}

/** Whether the time was over, as opposed to another reason to end. */
export function endedByTime({ aborted, reason }: AbortSignal): boolean {
  return aborted && (reason as Error).name === 'TimeoutError';
}
