import { fingerprint } from './text/fingerprint.ts';
import type { Overlay, OverlayEntry, ResultRecord } from './types.ts';

/** `name@version#hash`: the stamp beside the normalizer's. The hash covers whatever changes a score. */
export function overlayId({ name, version, entries }: Overlay): string {
  const content = entries.map(({ utterance, corpus = '', replaces = '', reference }) =>
    [utterance, corpus, replaces, reference].join('\u0000'),
  );
  return `${name}@${version}#${fingerprint(content.join('\u0001'))}`;
}

/**
 * A way to find the entry of an utterance: that for its corpus, else that for any corpus. Stale entries are not found.
 */
export function overlayLookup(
  overlay: Overlay | null,
): (record: Pick<ResultRecord, 'cell' | 'utterance' | 'reference'>) => OverlayEntry | null {
  if (overlay === null) return () => null;
  const byKey = new Map(overlay.entries.map((entry) => [keyOf(entry.corpus, entry.utterance), entry]));
  return ({ cell, utterance, reference }) => {
    const entry = byKey.get(keyOf(cell.corpus, utterance)) ?? byKey.get(keyOf(undefined, utterance));
    return entry === undefined || (entry.replaces ?? reference) !== reference ? null : entry;
  };
}

/** What became of an overlay's entries. */
export interface OverlayUse {
  readonly applied: number;
  /** Utterances whose reference is no longer what the entry replaces. */
  readonly stale: readonly string[];
  /** Utterances that are not among the records. */
  readonly unknown: readonly string[];
}

/** Tells which entries have an effect on records, given as they were before scoring. */
export function useOfOverlay(
  overlay: Overlay,
  records: readonly Pick<ResultRecord, 'cell' | 'utterance' | 'reference'>[],
): OverlayUse {
  const references = new Map<string, string>();
  for (const { cell, utterance, reference } of records) {
    references.set(keyOf(cell.corpus, utterance), reference);
    references.set(keyOf(undefined, utterance), reference);
  }
  const found = overlay.entries.map((entry) => ({
    entry,
    reference: references.get(keyOf(entry.corpus, entry.utterance)),
  }));
  const isStale = ({ entry, reference }: (typeof found)[number]): boolean =>
    reference !== undefined && (entry.replaces ?? reference) !== reference;
  const stale = found.filter(isStale).map(({ entry }) => entry.utterance);
  const unknown = found.filter(({ reference }) => reference === undefined).map(({ entry }) => entry.utterance);
  return { applied: overlay.entries.length - stale.length - unknown.length, stale, unknown };
}

function keyOf(corpus: string | undefined, utterance: string): string {
  return JSON.stringify([corpus, utterance]);
}
