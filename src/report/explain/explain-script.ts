import { overlayText } from './page/accept-wording.ts';
import { agreementOf } from './page/agreement.ts';
import { detailView } from './page/detail-view.ts';
import { alignColumns, differenceView } from './page/difference-view.ts';
import { elements } from './page/elements.ts';
import { filterUtterances } from './page/filter-utterances.ts';
import { filterView } from './page/filter-view.ts';
import { listView } from './page/list-view.ts';
import { orderUtterances, totalsOf } from './page/order-utterances.ts';
import { patternView } from './page/pattern-view.ts';
import { permalinks } from './page/permalink.ts';
import { playerView, timedWords } from './page/player-view.ts';
import { spectrogram } from './page/spectrogram.ts';
import { type ExplainParts, startExplain } from './page/start-explain.ts';
import { tallyEdits, tallyLostWords } from './page/tally-edits.ts';
import { unpack } from './page/unpack.ts';

const parts: ExplainParts = {
  agreementOf,
  alignColumns,
  detailView,
  differenceView,
  elements,
  filterUtterances,
  filterView,
  listView,
  orderUtterances,
  overlayText,
  patternView,
  permalinks,
  playerView,
  spectrogram,
  tallyEdits,
  tallyLostWords,
  timedWords,
  totalsOf,
  unpack,
};

/** The page's script: its parts as the compiler left them, handed to the one that starts it. */
export function explainScript(): string {
  const written = Object.entries(parts).map(([name, part]) => `${name}: ${String(part)}`);
  return `'use strict';\n(${startExplain.toString()})(window, {\n${written.join(',\n')}\n});`;
}
