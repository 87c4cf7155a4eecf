/** What is open under a key, or is opened now; what could not be opened is tried anew when it is asked for again. */
export function opened<Key, Value>(
  known: Map<Key, Promise<Value>>,
  key: Key,
  open: () => Promise<Value>,
): Promise<Value> {
  const before = known.get(key);
  if (before) return before;
  const opening = open();
  known.set(key, opening);
  opening.catch(() => known.delete(key));
  return opening;
}
