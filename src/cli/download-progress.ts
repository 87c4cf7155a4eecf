import type { Terminal } from './terminal.ts';

const repaintMs = 500;

/** Shows how much of a file has arrived: in place on a terminal, else once at its end. */
export function downloadProgress(
  terminal: Terminal,
): (name: string, receivedBytes: number, totalBytes: number | null) => void {
  let shownAt = 0;
  return (name, receivedBytes, totalBytes) => {
    const isLast = receivedBytes === totalBytes;
    if (performance.now() - shownAt < repaintMs && !isLast) return;
    shownAt = performance.now();
    const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
    const text = `${name}: ${mib(receivedBytes)}${totalBytes === null ? '' : ` of ${mib(totalBytes)}`} MiB`;
    if (process.stderr.isTTY && !terminal.quiet) process.stderr.write(`\r\u001b[K${text}${isLast ? '\n' : ''}`);
    else if (isLast) terminal.note(text);
  };
}
