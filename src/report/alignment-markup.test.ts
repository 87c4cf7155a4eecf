import { describe, expect, it } from 'vitest';
import type { AlignmentStep } from '../types.ts';
import { alignmentMarkup } from './alignment-markup.ts';

const hit = (token: string): AlignmentStep => ({ operation: 'hit', reference: token, hypothesis: token });
const substitution = (reference: string, hypothesis: string): AlignmentStep => ({
  operation: 'substitution',
  reference,
  hypothesis,
});
const deletion = (reference: string): AlignmentStep => ({ operation: 'deletion', reference, hypothesis: null });
const insertion = (hypothesis: string): AlignmentStep => ({ operation: 'insertion', reference: null, hypothesis });

/** What a person sees, without the words for listeners; the style sheet draws the arrow in the direction of the text. */
function seen(markup: string): string {
  return markup
    .replaceAll('<span class="to"', '→<span')
    .replace(/<span class="unseen">.*?<\/span>/gs, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('alignmentMarkup', () => {
  it('marks each kind of error with a sign besides its color', () => {
    const markup = alignmentMarkup([hit('turn'), substitution('on', 'off'), deletion('the'), insertion('a')], 'word');
    expect(seen(markup.toString())).toBe('turn −on→+off −the +a');
  });

  it('joins lost words and gained ones, and keeps pairs of substituted ones', () => {
    const steps = [deletion('turn'), deletion('on'), substitution('the', 'a'), substitution('light', 'lamp')];
    expect(seen(alignmentMarkup(steps, 'word').toString())).toBe('−turn on −the→+a −light→+lamp');
  });

  it('names each error for listeners', () => {
    const markup = alignmentMarkup([substitution('on', 'off')], 'word').toString();
    expect(markup).toMatch(
      /<del\s*><span class="unseen">lost: <\/span>.*<ins\s*><span class="unseen">heard: <\/span>/s,
    );
  });

  it('joins neighboring characters of one kind without spaces', () => {
    const markup = alignmentMarkup([hit('七'), hit('時'), deletion('半'), deletion('に'), hit('台')], 'character');
    expect(seen(markup.toString())).toBe('七時−半に台');
    expect(markup.toString().match(/<del\s*>/g)).toHaveLength(1);
  });

  it('escapes tokens and isolates their direction', () => {
    const markup = alignmentMarkup([insertion('<img src=x>\u202e')], 'word').toString();
    expect(markup).toContain('&lt;img src=x&gt;');
    expect(markup).not.toContain('\u202e');
    expect(markup).toContain('U+202E');
  });

  it('cuts what nobody would read', () => {
    const markup = alignmentMarkup([...Array<AlignmentStep>(5000).fill(hit('la')), insertion('x'.repeat(1e5))], 'word');
    expect(seen(markup.toString())).toMatch(/… 4601 more$/);
    expect(alignmentMarkup([insertion('x'.repeat(1e5))], 'word').toString().length).toBeLessThan(400);
  });
});
