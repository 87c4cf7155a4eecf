/** Signals that ended because their own time was over; another signal may itself be one of time. */
const overTime = new WeakSet<AbortSignal>();

/**
 * Ends work after so long, with a `TimeoutError`, or when another signal does. Not `AbortSignal.any` over
 * `AbortSignal.timeout`: nothing keeps the latter alive there, and once it is collected its time never comes.
 */
export function endingSignal(timeoutMs: number, other?: AbortSignal | null): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const end = () => {
    if (!signal.aborted) overTime.add(signal);
    controller.abort(new DOMException('no answer in time', 'TimeoutError'));
  };
  setTimeout(end, timeoutMs).unref();
  if (other?.aborted) controller.abort(other.reason);
  other?.addEventListener('abort', () => controller.abort(other.reason), { once: true });
  return signal;
}

/** Whether the time of an {@link endingSignal} was over, as opposed to another reason to end. */
export function endedByTime(signal: AbortSignal): boolean {
  return overTime.has(signal);
}
