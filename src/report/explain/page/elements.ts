import type { Browser, Element } from './browser.ts';

type Attributes = Readonly<Record<string, string | number | true | null>>;

/** What the page's parts make elements with. */
export interface Elements {
  /** The element that the page has under this id. */
  readonly byId: (id: string) => Element;
  /** An element with attributes (`class`, `aria-…`; `true` gives an empty one, `null` none) and children, all as text. */
  readonly make: (tag: string, attributes?: Attributes, ...children: readonly (Element | string)[]) => Element;
  readonly button: (label: string, onClick: () => void, attributes?: Attributes) => Element;
  /**
   * Text from outside: isolated, with invisible characters as code points, and cut with a button that shows the rest.
   * The limit is in characters; `Infinity` shows all.
   */
  readonly outside: (text: string, limit?: number) => Element;
  /** The bytes of a base64 text. */
  readonly bytes: (base64: string) => Uint8Array;
  readonly save: (name: string, type: string, text: string) => void;
}

/** Makes elements. Runs in the page: it may use nothing but its parameter. */
export function elements(page: Browser): Elements {
  const { document } = page;
  // Characters that change the direction or joining of what follows, or that nobody sees.
  const invisible =
    /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad])/;

  const make: Elements['make'] = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null) element.setAttribute(name, value === true ? '' : String(value));
    }
    element.append(...children);
    return element;
  };

  const button: Elements['button'] = (label, onClick, attributes = {}) => {
    const element = make('button', { type: 'button', ...attributes }, label);
    element.addEventListener('click', onClick);
    return element;
  };

  const visible = (text: string): readonly (Element | string)[] =>
    text.split(invisible).map((part, index) => {
      if (index % 2 === 0) return part;
      const codePoint = part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      return make('span', { class: 'control', title: 'invisible character' }, `U+${codePoint}`);
    });

  return {
    make,
    button,
    byId: (id) => document.getElementById(id)!,
    outside(text, limit = 2000) {
      if (text.length <= limit) return make('bdi', {}, ...visible(text));
      // Not between the halves of a surrogate pair.
      const end = /[\ud800-\udbff]$/.test(text.slice(0, limit)) ? limit - 1 : limit;
      const element = make('bdi', {}, ...visible(text.slice(0, end)), '… ');
      const more = button(`${(text.length - end).toLocaleString('en-US')} more characters`, () => {
        element.replaceChildren(...visible(text));
      });
      more.className = 'more';
      element.append(more);
      return element;
    },
    bytes(base64) {
      const characters = page.atob(base64);
      const bytes = new Uint8Array(characters.length);
      for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
      return bytes;
    },
    save(name, type, text) {
      const link = make('a', { href: page.URL.createObjectURL(new page.Blob([text], { type })), download: name });
      link.click();
      page.setTimeout(() => page.URL.revokeObjectURL(link.href), 1000);
    },
  };
}
