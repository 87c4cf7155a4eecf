import { hash } from 'node:crypto';

/** The ids whose seeded hashes are smallest: a larger limit keeps what a smaller one chose. */
export function chooseIds(ids: Iterable<string>, limit: number | null, seed: number): ReadonlySet<string> {
  if (limit === null) return new Set(ids);
  const ranked = Array.from(ids, (id) => ({ id, rank: hash('sha256', `${seed}:${id}`, 'hex') }));
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return new Set(ranked.slice(0, limit).map(({ id }) => id));
}
