import type { ErrorProfile } from '../analysis/analysis.ts';
import { hallucinations } from '../analysis/hallucinations/index.ts';
import { countText } from '../charts/number-text.ts';
import { inertText } from './inert-text.ts';
import type { Terminal } from './terminal.ts';

const listed = 10;

/** Prints which answers look made up, and what was confused, left out and added most often. */
export function printErrors(profile: ErrorProfile, terminal: Terminal): void {
  for (const { kind, title } of hallucinations) {
    const { utterances, examples } = profile.hallucinations[kind];
    if (utterances > 0) terminal.print(`${title}: ${countText(utterances, 'answer')}, such as ${examples.join(', ')}`);
  }
  const lists = { confusions: profile.confusions, deletions: profile.deletions, insertions: profile.insertions };
  for (const [name, repeated] of Object.entries(lists)) {
    if (repeated.length === 0) continue;
    terminal.print(`\nMost frequent ${name}`);
    for (const { reference, hypothesis, count, errorClass } of repeated.slice(0, listed)) {
      const change = `${shown(reference)} → ${shown(hypothesis)}`;
      terminal.print(`${String(count).padStart(6)} × ${change}  ${terminal.dim(errorClass)}`);
    }
  }
}

/** Words as a line of a terminal may have them, and short. */
function shown(text: string): string {
  const characters = Array.from(inertText(text));
  if (characters.length === 0) return '–';
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : characters.join('');
}
