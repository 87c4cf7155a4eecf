import type { AlignmentStep, ReportInput } from '../../types.ts';
import { namedAnswers } from './answered.ts';

/** What sclite takes for notation inside a word. */
const NOTATION = /[(){}<>;*@]/g;

/**
 * References for sclite, normalized and as they were scored, a line per answer: its counts are then ours, save for ties
 * and for its costs. Characters stand apart where they are the primary unit.
 */
export function renderTrnReferences(input: ReportInput): string {
  return trn(input, (step) => step.reference);
}

/** The hypotheses to {@link renderTrnReferences}. */
export function renderTrnHypotheses(input: ReportInput): string {
  return trn(input, (step) => step.hypothesis);
}

function trn(input: ReportInput, side: (step: AlignmentStep) => string | null): string {
  return namedAnswers(input)
    .map(({ name, record }) => {
      const tokens = (record.alignment ?? []).map(side).filter((token) => token !== null);
      const words = tokens.map((token) => token.replace(NOTATION, '_')).join(' ');
      // Sclite takes what stands before the first dash for the speaker.
      const speaker = (record.speaker ?? 'unknown').replace(/[^\p{L}\p{N}]/gu, '');
      return `${words} (${speaker}-${name.replace(/[\s()]/gu, '_')})\n`;
    })
    .join('');
}
