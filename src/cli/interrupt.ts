import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The first Ctrl-C (or SIGTERM) asks for a clean end after the work in flight, the second ends at once. */
export function stopOnInterrupt(terminal: Terminal): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    terminal.complain('\nFinishing what is in flight; press Ctrl-C again to end at once.');
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    release: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
