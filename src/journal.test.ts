import { appendFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openJournal, readJournal } from './journal.ts';
import type { ResultRecord } from './types.ts';

function record(key: string, text: string): ResultRecord {
  return {
    key,
    cell: { language: 'en-US', acceleration: 'none', backend: 'b', corpus: 'c', languageHint: 'given' },
    utterance: key,
    status: 'ok',
    text,
    reference: text,
    durationSeconds: 1,
    speaker: null,
    session: null,
    sentence: null,
    referenceWords: null,
    attributes: {},
    delivery: 'batch',
    detectedLanguage: null,
    partials: null,
    words: null,
    latencyMs: 1,
    spans: {},
    costUsd: null,
    error: null,
    audioSha256: null,
    audioPath: 'a.wav',
    audioOffsetSeconds: 0,
    isExcerpt: false,
    stretch: 0,
    startedAtMs: 0,
    finishedAtMs: 1,
  };
}

function temporaryJournal(): string {
  return join(mkdtempSync(join(tmpdir(), 'earshot-journal-')), 'results.jsonl');
}

async function write(path: string, records: readonly ResultRecord[]): Promise<readonly ResultRecord[]> {
  const journal = openJournal(path);
  for (const one of records) journal.append(one);
  journal.close();
  return readJournal(path);
}

describe('journal', () => {
  it('gives back what was written, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), async (texts) => {
        const records = texts.map((text, index) => record(`key-${index}`, text));
        expect(await write(temporaryJournal(), records)).toEqual(records);
      }),
      { numRuns: 30 },
    );
  });

  it('survives being cut at every byte of its last line: that record is undone, the others stand', async () => {
    const path = temporaryJournal();
    const [first, second] = [record('one', 'grüße'), record('two', '你好')];
    await write(path, [first]);
    const keep = readFileSync(path).length;
    await write(path, [second]);
    const whole = readFileSync(path);
    for (let length = keep; length < whole.length; length++) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const reopened = openJournal(path);
      reopened.append(second);
      reopened.close();
      expect(readFileSync(path).equals(whole), `cut at byte ${length}`).toBe(true);
    }
  });

  it('is not torn by characters that are line ends elsewhere', async () => {
    const path = temporaryJournal();
    const records = [record('one', 'a\u2028b\u2029c\u0085d\r')];
    expect(await write(path, records)).toEqual(records);
  });

  it('leaves an unfinished last line out when only reading', async () => {
    const path = temporaryJournal();
    await write(path, [record('one', 'a')]);
    appendFileSync(path, '{"key":"two","utter');
    expect((await readJournal(path)).map(({ key }) => key)).toEqual(['one']);
  });

  it('counts only the last of several attempts at the same work', async () => {
    const records = await write(temporaryJournal(), [
      record('one', 'first'),
      record('two', 'x'),
      record('one', 'second'),
    ]);
    expect(records.map(({ key, text }) => [key, text])).toEqual([
      ['one', 'second'],
      ['two', 'x'],
    ]);
  });

  it('names the line that is damaged', async () => {
    const path = temporaryJournal();
    writeFileSync(path, `${JSON.stringify(record('one', 'a'))}\nnonsense\n${JSON.stringify(record('two', 'b'))}\n`);
    await expect(readJournal(path)).rejects.toMatchObject({ where: `${path}:2` });
  });
});
