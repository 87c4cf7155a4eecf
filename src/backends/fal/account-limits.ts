import { ConcurrencyLimit } from './concurrency-limit.ts';

/** Whose calls the host counts together. */
export interface Account {
  /** The host, or the server in its place. */
  readonly place: string;
  readonly key: string;
}

/** A limit that others may have part in. */
export interface SharedLimit {
  readonly limit: ConcurrencyLimit;
  /** Idempotent. The last one to leave takes what was learned along: another load begins anew. */
  leave(): void;
}

interface Entry {
  readonly limit: ConcurrencyLimit;
  readonly members: Set<SharedLimit>;
}

const entries = new Map<string, Entry>();

/**
 * The limit of an account, one for all that are open at the same time: a host that refuses a call of one of them would
 * refuse the others' too.
 * @param most calls under way at once, where the host allows them; those that are open together have one number.
 */
export function joinLimit({ place, key }: Account, most: number): SharedLimit {
  const id = JSON.stringify([place, key, most]);
  const entry = entries.get(id) ?? { limit: new ConcurrencyLimit(most), members: new Set() };
  entries.set(id, entry);
  const member: SharedLimit = {
    limit: entry.limit,
    leave() {
      entry.members.delete(member);
      if (entry.members.size === 0 && entries.get(id) === entry) entries.delete(id);
    },
  };
  entry.members.add(member);
  return member;
}
