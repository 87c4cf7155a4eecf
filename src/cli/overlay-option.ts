import type { OverlayUse } from '../overlay.ts';
import { readOverlay } from '../read-overlay.ts';
import type { Overlay } from '../types.ts';
import type { Terminal } from './terminal.ts';

/** What `--overlay` names; `null` when it is left out. */
export async function overlayOption(file: unknown): Promise<Overlay | null> {
  return file === undefined ? null : readOverlay(file as string);
}

/** Names the entries of an overlay that have no effect. */
export function tellUseOfOverlay(stamp: string, { applied, stale, unknown }: OverlayUse, terminal: Terminal): void {
  const some = (ids: readonly string[]): string => `${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}`;
  terminal.note(`overlay ${stamp}: ${applied} of ${applied + stale.length + unknown.length} entries applied`);
  if (stale.length > 0) {
    terminal.complain(
      `${stale.length} entries of the overlay replace another reference than there is (${some(stale)}); not applied`,
    );
  }
  if (unknown.length > 0) {
    terminal.complain(`${unknown.length} entries of the overlay name utterances that are not here (${some(unknown)})`);
  }
}
