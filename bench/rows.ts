import type { Bench } from 'tinybench';

/** One thing that both Earshot and a peer can do, and how long each takes. */
export interface BenchRow {
  readonly name: string;
  /** Median, or the least of several rounds, as the suite says. */
  readonly oursMs: number;
  /** Name and version; `null` where none does the same. */
  readonly peer: string | null;
  readonly peerMs: number | null;
}

/** Median time of a task that has run, in milliseconds. */
export function medianMs(bench: Bench, task: string): number {
  const result = bench.getTask(task)?.result;
  if (result?.state !== 'completed') throw new Error(`The benchmark "${task}" did not complete`);
  return result.latency.p50;
}
