import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UserError } from '../errors.ts';
import { readTranscripts } from './read-transcripts.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-transcripts-'));
let files = 0;

function save(ending: string, content: string | Buffer): string {
  const path = join(folder, `${files++}${ending}`);
  writeFileSync(path, content);
  return path;
}

const read = (path: string, reference?: string, columns = {}) =>
  readTranscripts({ path, reference, columns, language: 'en-US' });

const texts = ({ records }: Awaited<ReturnType<typeof read>>) =>
  records.map(({ utterance, reference, text, status }) => [utterance, reference, text, status]);

async function refusal(path: string, reference?: string, columns = {}): Promise<string> {
  const error = await read(path, reference, columns).catch((thrown: unknown) => thrown as UserError);
  if (!(error instanceof Error)) return 'accepted';
  return `${error.where?.replace(folder, '') ?? ''} ${error.message}`;
}

describe('a pair of files', () => {
  it('in TRN is paired by id, its references in notation', async () => {
    const both = await read(
      save('.trn', 'b (spk-2)\n(spk-1)\nx (other-9)\n'),
      save('.trn', ';; comment\n{a / b} c (spk-1)\nd (spk-2)\ne (spk-3)\n'),
    );
    expect(texts(both)).toEqual([
      ['spk-1', '{a / b} c', '', 'empty'],
      ['spk-2', 'd', 'b', 'ok'],
      ['spk-3', 'e', null, 'failed'],
    ]);
    expect(both.records[0]).toMatchObject({ speaker: 'spk', error: null });
    expect(both.isNotated).toBe(true);
    expect(both.remarks).toEqual([
      '1 of 3 references have no hypothesis (spk-3); left out of the rates, counted as deletions in those with failures',
      '1 hypotheses have no reference (other-9); left out',
    ]);
  });

  it('in STM and CTM gives each segment the words whose middle it holds', async () => {
    const both = await read(
      save('.ctm', ';; c\ntalk 1 0.1 0.4 hello 0.9\ntalk 1 0.9 0.4 there\ntalk 1 2.1 0.2 skipped\ntalk 1 9 1 late\n'),
      save(
        '.stm',
        'talk 1 ann 0 1 <o,f0> hello\ntalk 1 bob 1.0 2 there you\ntalk 1 x 2 3 ignore_time_segment_in_scoring\nother 1 ann 0 1 hm\n',
      ),
    );
    expect(texts(both)).toEqual([
      ['talk-1-1', 'hello', 'hello', 'ok'],
      ['talk-1-2', 'there you', 'there', 'ok'],
      ['other-1-4', 'hm', null, 'failed'],
    ]);
    expect(both.records[0]).toMatchObject({ speaker: 'ann', session: 'talk', durationSeconds: 1 });
    expect(both.remarks[1]).toBe('1 words lie outside of every segment; left out');
  });

  it('may be of two forms', async () => {
    const both = await read(
      save('.csv', 'id,hypothesis\nu1,hello\n'),
      save('.jsonl', '{"id": "u1", "text": "hallo", "lang": "de"}\n'),
    );
    expect(texts(both)).toEqual([['u1', 'hallo', 'hello', 'ok']]);
    expect(both.records[0]!.cell.language).toBe('de');
  });
});

describe('a table', () => {
  it('names its columns as people do', async () => {
    const one = await read(save('.csv', '\ufeffutterance,ref,hyp,speaker\nu1,"a, b",a b,s\nu2,c,,s\n'));
    expect(texts(one)).toEqual([
      ['u1', 'a, b', 'a b', 'ok'],
      ['u2', 'c', '', 'empty'],
    ]);
  });

  it('or as the user says', async () => {
    const path = save('.tsv', 'said\theard\na "b\ta\n');
    expect(texts(await read(path, undefined, { reference: 'said', hypothesis: 'heard' }))).toEqual([
      ['line-2', 'a "b', 'a', 'ok'],
    ]);
    expect(await refusal(path)).toMatch(/no column of texts among said, heard; name them by --columns/);
    expect(await refusal(path, undefined, { reference: 'sad' })).toMatch(/no column sad .*did you mean "said"\?/);
  });
});

describe('a manifest', () => {
  it('tells no answer from an empty one', async () => {
    const one = await read(save('.jsonl', '{"text": "a", "pred_text": null}\n{"text": "a", "pred_text": ""}\n'));
    expect(texts(one).map(([, , text, status]) => [text, status])).toEqual([
      [null, 'failed'],
      ['', 'empty'],
    ]);
  });

  it('tells parts of one file apart', async () => {
    const row = (offset: number) =>
      JSON.stringify({ audio_filepath: 'a.wav', offset, duration: 1, text: 'a', pred_text: 'a' });
    const one = await read(save('.jsonl', `${row(0)}\n${row(1)}\n`));
    expect(one.records.map(({ utterance }) => utterance)).toEqual(['a.wav@0', 'a.wav@1']);
  });
});

describe('a file that cannot be scored names its line', () => {
  const good = '{"text": "a", "pred_text": "a"}\n';
  it.each([
    ['JSON that does not end', '.jsonl', `${good}{"text": "a"\n`, /:2 not a JSON object/],
    ['no hypothesis', '.jsonl', `${good}{"text": "a"}\n`, /:2 pred_text \(the hypothesis\): the row has none/],
    ['no reference', '.jsonl', '{"pred_text": "a"}\n', /:1 text \(the reference\): the row has none/],
    ['half a surrogate pair', '.jsonl', String.raw`{"text": "a\ud83d", "pred_text": "a"}`, /:1 .*\\ud83d/],
    [
      'a language that is none',
      '.jsonl',
      '{"text": "a", "pred_text": "a", "lang": "de_DE"}',
      /:1 .*did you mean de-DE/,
    ],
    [
      'an unknown language',
      '.jsonl',
      '{"text": "a", "pred_text": "a", "lang": "english"}',
      /:1 language english: no known .*did you mean en\?/,
    ],
    ['an id twice', '.csv', 'id,ref,hyp\nu,a,a\nu,b,b\n', /:3 id u stands at .*:2 already/],
    ['TRN without id', '.trn', 'a b (u)\nc d\n', /:2 the line does not end in \(speaker-utterance\)/],
    ['bytes that are no UTF-8', '.jsonl', Buffer.from(`${good}{"text": "caf\xe9"}\n`, 'latin1'), /:2 .*not UTF-8/],
    ['no rows', '.jsonl', '\n', /no rows to score/],
  ])('%s', async (_, ending, content, message) => {
    expect(await refusal(save(ending, content))).toMatch(message);
  });

  it('a line of 10 MB', async () => {
    const path = save('.jsonl', `${good}${JSON.stringify({ text: 'word '.repeat(2_000_000), pred_text: 'a' })}\n`);
    expect(await refusal(path)).toMatch(/:2 text \(the reference\) of 10000000 characters; cut it into utterances/);
  });

  it.each([
    ['an id twice among references', '.trn', 'a (u)\nb (u)\n', '.trn', 'a (u)\n', /:2 id u stands at .*:1 already/],
    ['words with times beside text', '.trn', 'a (u)\n', '.ctm', 'f 1 0 1 a\n', /give it as STM/],
    [
      'alternatives in a CTM',
      '.stm',
      'f 1 s 0 1 a\n',
      '.ctm',
      'f 1 * * <ALT_BEGIN>\n',
      /:1 alternatives in hypotheses/,
    ],
    ['a segment that ends first', '.stm', 'f 1 s 2 1 a\n', '.ctm', 'f 1 0 1 a\n', /:1 ends \(1 s\) before/],
  ])('%s', async (_, ending, reference, otherEnding, hypothesis, message) => {
    expect(await refusal(save(otherEnding, hypothesis), save(ending, reference))).toMatch(message);
  });
});
