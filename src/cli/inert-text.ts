// Control characters, and those that change the direction or joining of what follows or that nobody sees.
const unsafe = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\u00ad]/gu;

/** Somebody else's text for one line of a terminal: what could move the cursor or turn the line around is spelled out. */
export function inertText(text: string): string {
  return text.replace(unsafe, (character) => {
    const codePoint = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `<U+${codePoint}>`;
  });
}
