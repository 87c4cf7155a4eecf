/**
 * A function of a text that keeps its results while the same texts come again soon, as those of a clip do in several
 * settings. Callers share a result and must not change it.
 * @param most results kept before all are forgotten.
 */
export function remember<Result>(compute: (text: string) => Result, most = 4096): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const result = compute(text);
    known.set(text, result);
    return result;
  };
}
