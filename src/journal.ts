import {
  closeSync,
  createReadStream,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readSync,
  fstatSync,
  writeSync,
} from 'node:fs';
import { UserError } from './errors.ts';
import type { Cell, ResultRecord } from './types.ts';

/** Appends records to `results.jsonl`, each flushed to disk before the next piece of work begins. */
export interface Journal {
  append(record: ResultRecord): void;
  close(): void;
}

/**
 * Opens a journal for appending. A last line that a killed process left unfinished is cut off:
 * its utterance counts as not done.
 */
export function openJournal(path: string): Journal {
  const file = openSync(path, 'a+');
  cutTornLine(file);
  let open = true;
  return {
    append(record) {
      writeAll(file, Buffer.from(`${JSON.stringify(record)}\n`));
      fdatasyncSync(file);
    },
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}

function cutTornLine(file: number): void {
  const block = Buffer.alloc(65_536);
  let end = fstatSync(file).size;
  while (end > 0) {
    const start = Math.max(0, end - block.length);
    const length = readSync(file, block, 0, end - start, start);
    const newline = block.subarray(0, length).lastIndexOf(10);
    if (newline !== -1) {
      ftruncateSync(file, start + newline + 1);
      return;
    }
    end = start;
  }
  ftruncateSync(file, 0);
}

/**
 * Streams the records of a journal in the order in which they were written, later attempts included.
 * A last line without its end is left out, as `openJournal` will cut it off.
 * @throws UserError naming a line that is not a record.
 */
export async function* streamJournal(path: string): AsyncGenerator<ResultRecord> {
  let line = 0;
  for await (const text of wholeLines(path)) yield parseRecord(text, path, ++line);
}

/** Only a line feed ends a line: `readline` also splits at U+2028 in some versions, which JSON text may hold. */
async function* wholeLines(path: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
      yield bytes.toString('utf8', start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

const LINE_FEED = 10;

function parseRecord(text: string, path: string, line: number): ResultRecord {
  try {
    const record = JSON.parse(text) as ResultRecord;
    if (typeof record.key === 'string' && typeof record.utterance === 'string') return record;
  } catch {
    // Falls through to the one message for every kind of damage.
  }
  throw new UserError('this line is not a result record; the journal is damaged here', `${path}:${line}`);
}

/** A journal's records by whether a later attempt at the same work replaced them. */
export interface Attempts {
  /** The records that count, in order of first attempt. */
  readonly last: readonly ResultRecord[];
  /** They no longer count, but they may have been paid for. */
  readonly replaced: readonly ResultRecord[];
}

export async function readAttempts(path: string): Promise<Attempts> {
  const last = new Map<string, ResultRecord>();
  const replaced: ResultRecord[] = [];
  // One object for all records of a cell: less memory, and what is known of a cell is found by it.
  const cells = new Map<string, Cell>();
  for await (const record of streamJournal(path)) {
    const written = JSON.stringify(record.cell);
    const cell = cells.get(written) ?? record.cell;
    cells.set(written, cell);
    const earlier = last.get(record.key);
    if (earlier !== undefined) replaced.push(earlier);
    last.set(record.key, Object.assign(record, { cell }));
  }
  return { last: [...last.values()], replaced };
}

/** The records that count: of several attempts at the same work, the last. In order of first attempt. */
export async function readJournal(path: string): Promise<readonly ResultRecord[]> {
  return (await readAttempts(path)).last;
}
