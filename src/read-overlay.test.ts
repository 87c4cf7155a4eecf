import { describe, expect, it } from 'vitest';
import { overlayId } from './overlay.ts';
import { parseOverlay } from './read-overlay.ts';

const yaml = `name: heard-otherwise
version: '2'
entries:
  - utterance: 1089-134686-0000
    corpus: test-clean
    replaces: there would be stew
    reference: there would be {stew / stu}
    by: Ada
    at: 2026-03-01
    why: the name of a dish or of a person
  - utterance: 17
    reference: (uh) yes
`;

describe('an overlay file', () => {
  it('is YAML', () => {
    const overlay = parseOverlay(yaml, 'o.yaml');
    expect(overlay.entries).toHaveLength(2);
    expect(overlay.entries[0]).toMatchObject({ at: '2026-03-01', reference: 'there would be {stew / stu}' });
    expect(overlay.entries[1]).toEqual({ utterance: '17', reference: '(uh) yes' });
  });

  it('may be JSON', () => {
    const overlay = parseOverlay(yaml, 'o.yaml');
    expect(parseOverlay(JSON.stringify(overlay), 'o.json')).toEqual(overlay);
  });

  it('is named by what changes a score: entries, not who made them', () => {
    const overlay = parseOverlay(yaml, 'o.yaml');
    expect(overlayId(overlay)).toMatch(/^heard-otherwise@2#[0-9a-f]{16}$/);
    expect(overlayId(parseOverlay(yaml.replace('by: Ada', 'by: Bob'), 'o.yaml'))).toBe(overlayId(overlay));
    expect(overlayId(parseOverlay(yaml.replace('stu}', 'stue}'), 'o.yaml'))).not.toBe(overlayId(overlay));
  });

  it.each([
    ['an entry without utterance', yaml.replace('utterance: 17', 'id: 17'), /^o\.yaml:11:5: entries\.1/],
    ['two entries for one utterance', yaml.replace('17', '1089-134686-0000\n    corpus: test-clean'), /has an entry/],
    ['brackets that do not close', yaml.replace('stu}', 'stu'), /^o\.yaml:7:\d+: entries\.0\.reference: a \{ is never/],
    ['text that is no YAML', 'name: [', /not valid YAML/],
    ['an empty file', '', /is not allowed; give a mapping/],
  ])('is refused with %s', (_, content, message) => {
    const refusal = (): string => {
      try {
        parseOverlay(content, 'o.yaml');
        return '';
      } catch (error) {
        const { where, message: text } = error as Error & { where: string };
        return `${where}: ${text}`;
      }
    };
    expect(refusal()).toMatch(message);
  });
});
