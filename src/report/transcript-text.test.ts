import { describe, expect, it } from 'vitest';
import { languageAttributes, languageName, transcript } from './transcript-text.ts';

describe('languageAttributes', () => {
  it.each([
    ['en-US', 'lang="en-US" dir="ltr"'],
    ['ar-EG', 'lang="ar-EG" dir="rtl"'],
    ['he', 'lang="he" dir="rtl"'],
    ['ur-PK', 'lang="ur-PK" dir="rtl"'],
    ['az-Arab', 'lang="az-Arab" dir="rtl"'],
    ['ja-JP', 'lang="ja-JP" dir="ltr"'],
    ['auto"><b>', 'dir="auto"'],
  ])('sets %s as %s', (language, attributes) => {
    expect(languageAttributes(language).toString()).toBe(attributes);
  });
});

describe('languageName', () => {
  it('names languages, and nothing else', () => {
    expect(languageName('de-DE')).toBe('German (Germany)');
    expect(languageName('not a tag')).toBeNull();
  });
});

describe('transcript', () => {
  it('makes invisible characters visible and inert', () => {
    expect(transcript('a\u202eb\u200bc').toString()).toMatch(
      /^a<span [^>]*>U\+202E<\/span>b<span [^>]*>U\+200B<\/span>c$/,
    );
  });

  it('keeps the joiners that scripts are written with', () => {
    expect(transcript('می\u200cخواهم क\u094d\u200dष').toString()).toBe('می\u200cخواهم क\u094d\u200dष');
  });

  it('cuts long text between characters and says how much is missing', () => {
    const text = transcript(`${'x'.repeat(1999)}\u{1f600}${'y'.repeat(100)}`).toString();
    expect(text).toMatch(/^x{1999}<span class="cut"> … 102 more characters<\/span>$/);
  });
});
