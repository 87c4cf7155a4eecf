import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, jsonElement, trusted } from './markup.ts';

describe('html', () => {
  it('escapes what is put in, in text and in attributes', () => {
    expect(html`<p title="${'"><script>'}">${"<b>'&"}</p>`.toString()).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&#39;&amp;</p>',
    );
  });

  it('keeps markup, joins lists, and leaves out null, undefined and false, but not 0', () => {
    expect(html`${html`<b>1</b>`}${['<', trusted('<i>')]}${null}${undefined}${false}${0}`.toString()).toBe(
      '<b>1</b>&lt;<i>0',
    );
  });

  it('replaces characters that a document may not hold', () => {
    expect(html`${'a\u0000\u001b\u0085b\ud800c\u{1f600}\n'}`.toString()).toBe('a\ufffd\ufffd\ufffdb\ufffdc\u{1f600}\n');
  });

  it('lets no text begin a tag or end an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.toString()).not.toMatch(/[<>"']/);
      }),
    );
  });
});

describe('jsonElement', () => {
  it('gives back any text and holds no tag but its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('</script>', '<!--', '\u2028', ']]>')), (text) => {
        const [, json] = /^<script type="application\/json" id="x">([^<>&\u2028]*)<\/script>$/.exec(
          jsonElement('x', { text }).toString(),
        )!;
        expect(JSON.parse(json!)).toEqual({ text });
      }),
    );
  });
});
