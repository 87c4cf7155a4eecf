/** Median time of a task that has run, in milliseconds. */
export function medianMs(bench, task) {
  const result = bench.getTask(task)?.result;
  if (result?.state !== 'completed') throw new Error(`The benchmark "${task}" did not complete`);
  return result.latency.p50;
}
