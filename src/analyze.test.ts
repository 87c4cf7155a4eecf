import { describe, expect, it } from 'vitest';
import { cell, record, scored } from './__fixtures__/records.ts';
import { analyze } from './analyze.ts';
import { normalizers } from './normalizers/index.ts';
import { score } from './score.ts';

const german = { ...cell, language: 'de-DE' };
const vietnamese = { ...cell, language: 'vi-VN' };

describe('analyze', () => {
  it('counts errors by class, per cell and over all', async () => {
    const { cells, overall } = await analyze(
      scored(
        { utterance: 'a', reference: 'the cat sat', text: 'the dog sat' },
        { utterance: 'b', reference: 'their cat ran', text: 'there dog ran away' },
        { utterance: 'c', cell: german, reference: 'die häuser', text: 'die häusern' },
        { utterance: 'd', reference: 'a b', text: null },
      ),
    );
    expect(cells.map(({ cell: { language }, utterances, errors }) => [language, utterances, errors])).toEqual([
      ['en', 2, 4],
      ['de-DE', 1, 1],
    ]);
    expect(overall.classes).toMatchObject({ other: 2, 'sounds-alike': 1, insertion: 1, 'same-stem': 1, deletion: 0 });
    expect(cells[0]!.confusions).toEqual([
      { errorClass: 'other', reference: 'cat', hypothesis: 'dog', count: 2, examples: ['a', 'b'] },
      { errorClass: 'sounds-alike', reference: 'their', hypothesis: 'there', count: 1, examples: ['b'] },
    ]);
    expect(cells[0]!.insertions).toMatchObject([{ reference: '', hypothesis: 'away', count: 1 }]);
    expect(overall.errors).toBe(5);
  });

  it('keeps what is known of each answer by key, and none of a failure', async () => {
    const records = scored({ utterance: 'a', text: '' }, { utterance: 'b', text: null });
    const found = await analyze(records);
    expect([...found.records.keys()]).toEqual([records[0]!.key]);
    expect(found.records.get(records[0]!.key)!.errors).toHaveLength(4);
  });

  it('counts the last of several attempts', async () => {
    const attempts = [record({ text: 'a x c d' }), record({ text: 'a b c d' })];
    const { overall } = await analyze(score(attempts, { normalizer: normalizers.earshot }));
    expect(overall).toMatchObject({ utterances: 1, errors: 0 });
  });

  it('counts flagged answers with examples', async () => {
    const { overall } = await analyze(scored({ utterance: 'noise', reference: '', text: 'thank you' }, {}));
    expect(overall.hallucinated).toBe(1);
    expect(overall.hallucinations['text-on-silence']).toEqual({ utterances: 1, examples: ['noise'] });
  });

  it('names the languages whose classes cannot be told', async () => {
    const { unknownLanguages } = await analyze(scored({ cell: german }, { cell: vietnamese }));
    expect(unknownLanguages['same-stem']).toEqual(['vi']);
    expect(unknownLanguages['sounds-alike']).toEqual(['de', 'vi']);
  });

  it('has nothing to tell without records', async () => {
    expect(await analyze([])).toMatchObject({ cells: [], overall: { utterances: 0, errors: 0 } });
  });
});
