import { fingerprint } from './text/fingerprint.ts';

/**
 * A file that accepts alternatives of references without editing a corpus: YAML, or JSON, which is a part of YAML.
 *
 * ```yaml
 * name: heard-otherwise
 * version: '2'
 * entries:
 *   - utterance: 1089-134686-0000
 *     corpus: test-clean
 *     replaces: he hoped there would be stew for dinner
 *     reference: he hoped there would be {stew / stu} for dinner
 *     by: Ada
 *     at: '2026-03-01'
 *     why: the name of a dish or of a person
 * ```
 */
export interface Overlay {
  readonly name: string;
  /** A change of entries is a new version. */
  readonly version: string;
  readonly entries: readonly OverlayEntry[];
}

/** What one utterance's reference reads like in scoring. */
export interface OverlayEntry {
  /** As in the journal. */
  readonly utterance: string;
  /** The corpus by its name in the sweep; left out: the utterance of whichever corpus has it. */
  readonly corpus?: string | undefined;
  /**
   * The whole reference as the corpus has it. Where the corpus says something else by now, the entry is stale and is
   * not applied; left out: applied whatever the corpus says.
   */
  readonly replaces?: string | undefined;
  /** The whole reference in NIST's notation: `{a / b / @}` is any of these, `@` nothing; `(uh)` may be left out. */
  readonly reference: string;
  readonly by?: string | undefined;
  /** Date or time, ISO 8601. */
  readonly at?: string | undefined;
  readonly why?: string | undefined;
}

/** `name@version#hash`: the stamp beside the normalizer's. The hash covers whatever changes a score. */
export function overlayId({ name, version, entries }: Overlay): string {
  const content = entries.map(({ utterance, corpus = '', replaces = '', reference }) =>
    [utterance, corpus, replaces, reference].join('\u0000'),
  );
  return `${name}@${version}#${fingerprint(content.join('\u0001'))}`;
}
