/** A script or style sheet with the policy source that admits exactly its text. */
export interface HashedText {
  readonly text: string;
  /** Such as `'sha256-…'`. */
  readonly source: string;
}

/** Hashes the text of a script or style element. */
export async function hashText(text: string): Promise<HashedText> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return { text, source: `'sha256-${btoa(String.fromCharCode(...digest))}'` };
}

/**
 * A policy under which only the given texts run, nothing is fetched, and images and audio come from the page itself.
 * @param media sources of audio besides the page.
 */
export function contentSecurityPolicy(
  scripts: readonly HashedText[],
  styles: readonly HashedText[],
  media: readonly string[] = [],
): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(({ source }) => source).join(' ')}`,
    `style-src ${styles.map(({ source }) => source).join(' ')}`,
    'img-src data:',
    `media-src ${['data:', 'blob:', ...media].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
