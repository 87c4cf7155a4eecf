import type { AlignmentStep, ScoringUnit } from '../types.ts';
import { type Markup, html } from './markup.ts';
import { visibleText } from './transcript-text.ts';

/** More steps than a person reads; a runaway transcript is cut here. */
const shownSteps = 400;
const shownTokenCharacters = 80;

/**
 * An alignment as a line of text: what was lost struck out, what was gained underlined, and both named for listeners
 * and for eyes that cannot tell the colors apart.
 */
export function alignmentMarkup(alignment: readonly AlignmentStep[], unit: ScoringUnit): Markup {
  const separator = unit === 'word' ? ' ' : '';
  const runs = joinRuns(alignment.slice(0, shownSteps), separator);
  const hidden = alignment.length - shownSteps;
  return html`${runs.map((run, index) => html`${index > 0 && separator}${runMarkup(run)}`)}${
    hidden > 0 && html`<span class="cut"> … ${hidden} more</span>`
  }`;
}

interface Run {
  readonly operation: AlignmentStep['operation'];
  readonly reference: string;
  readonly hypothesis: string;
}

/** Neighboring steps of one kind become one run; substituted words stay pairs. */
function joinRuns(steps: readonly AlignmentStep[], separator: string): readonly Run[] {
  const runs: Run[] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    const reference = shorten(step.reference);
    const hypothesis = shorten(step.hypothesis);
    if (last?.operation === step.operation && (separator === '' || step.operation !== 'substitution')) {
      runs[runs.length - 1] = {
        operation: step.operation,
        reference: last.reference + separator + reference,
        hypothesis: last.hypothesis + separator + hypothesis,
      };
    } else {
      runs.push({ operation: step.operation, reference, hypothesis });
    }
  }
  return runs;
}

function runMarkup({ operation, reference, hypothesis }: Run): Markup {
  switch (operation) {
    case 'hit':
      return html`<bdi>${visibleText(reference)}</bdi>`;
    case 'deletion':
      return lost(reference);
    case 'insertion':
      return gained(hypothesis);
    case 'substitution':
      return html`${lost(reference)}<span class="to" aria-hidden="true"></span>${gained(hypothesis)}`;
  }
}

function lost(text: string): Markup {
  return html`<del
    ><span class="unseen">lost: </span><span aria-hidden="true">−</span><bdi>${visibleText(text)}</bdi></del
  >`;
}

function gained(text: string): Markup {
  return html`<ins
    ><span class="unseen">heard: </span><span aria-hidden="true">+</span><bdi>${visibleText(text)}</bdi></ins
  >`;
}

function shorten(token: string | null): string {
  if (token === null || token.length <= shownTokenCharacters) return token ?? '';
  return `${Array.from(token.slice(0, shownTokenCharacters)).slice(0, -1).join('')}…`;
}
