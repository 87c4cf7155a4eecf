import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where audio that lies in archives is brought to, by content: safe to delete at any time. */
export function audioCache(environment: Readonly<Record<string, string | undefined>>): string {
  return join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'earshot', 'audio');
}
