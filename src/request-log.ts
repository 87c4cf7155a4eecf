import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * Remembers which requests are on their way to a host that bills, so that a run that was killed goes on with them instead
 * of paying again.
 */
export interface RequestLog {
  /**
   * How the last request for this work stands: `ended` (or never sent), `unknown` (sent, but the host's word never came
   * back) or the id under which the host keeps it.
   */
  stateOf(key: string): 'ended' | 'unknown' | { readonly requestId: string };
  sending(key: string): void;
  accepted(key: string, requestId: string): void;
  /** The outcome is known and kept elsewhere; nothing is left to go on with. */
  ended(key: string): void;
  close(): void;
}

interface Line {
  readonly key: string;
  readonly event: 'sending' | 'accepted' | 'ended';
  readonly requestId?: string;
}

/** Opens the log of a run. Each line is on disk before the request that it announces leaves. */
export function openRequestLog(path: string): RequestLog {
  const states = new Map<string, Line>();
  if (existsSync(path)) {
    for (const line of readFileSync(path, 'utf8').split('\n').flatMap(parseLine)) states.set(line.key, line);
  }
  const file = openSync(path, 'a');
  let open = true;
  const append = (line: Line) => {
    states.set(line.key, line);
    // A leading line end parts this line from one that a killed process left unfinished.
    writeSync(file, `\n${JSON.stringify(line)}`);
    fdatasyncSync(file);
  };
  return {
    stateOf(key) {
      const line = states.get(key);
      if (line === undefined || line.event === 'ended') return 'ended';
      return line.requestId === undefined ? 'unknown' : { requestId: line.requestId };
    },
    sending: (key) => append({ key, event: 'sending' }),
    accepted: (key, requestId) => append({ key, event: 'accepted', requestId }),
    ended(key) {
      if (states.has(key) && states.get(key)!.event !== 'ended') append({ key, event: 'ended' });
    },
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}

function parseLine(text: string): Line[] {
  try {
    return text === '' ? [] : [JSON.parse(text) as Line];
  } catch {
    return [];
  }
}
