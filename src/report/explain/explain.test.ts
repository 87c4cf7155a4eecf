import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOverlay } from '../../read-overlay.ts';
import { alignTokens } from '../../text/align.ts';
import { words } from '../../text/tokens.ts';
import { scored } from '../../__fixtures__/records.ts';
import { explainedRun } from './__fixtures__/explained.ts';
import { reportInput } from '../__fixtures__/report-input.ts';
import { renderExplain } from './explain-page.ts';
import { gatherUtterances, packErrors } from './pack.ts';
import type { PackedErrors } from './packed.ts';
import { overlayText } from './page/accept-wording.ts';
import { agreementOf } from './page/agreement.ts';
import { alignColumns } from './page/difference-view.ts';
import type { PageErrors, PageQuery } from './page/errors.ts';
import { filterUtterances } from './page/filter-utterances.ts';
import { orderUtterances, totalsOf } from './page/order-utterances.ts';
import { permalinks } from './page/permalink.ts';
import { timedWords } from './page/player-view.ts';
import { spectrogram } from './page/spectrogram.ts';
import { tallyEdits, tallyLostWords } from './page/tally-edits.ts';
import { unpack } from './page/unpack.ts';
import { packTimes } from './pack-times.ts';

/** Through JSON, as the page gets it. */
function pageErrors(packed: PackedErrors): PageErrors {
  return unpack(JSON.parse(JSON.stringify(packed)) as PackedErrors);
}

async function fixture(): Promise<PageErrors> {
  const gathered = gatherUtterances([await explainedRun()]);
  return pageErrors(
    packErrors(
      gathered,
      gathered.utterances.map(() => ({ clip: -1, link: '' })),
    ),
  );
}

function query(errors: PageErrors, change: Partial<PageQuery> = {}): PageQuery {
  return { ...permalinks(errors).read('').query, ...change };
}

function found(errors: PageErrors, change: Partial<PageQuery>): readonly string[] {
  const utterances = filterUtterances(errors, query(errors, change), agreementOf);
  return Array.from(utterances, (utterance) => errors.packed.utterances.id[utterance]!);
}

describe('page of errors', () => {
  it('tells the same transcripts as the records after packing, for any words', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd', '<b>', '\u202e'), { maxLength: 12 })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }), (pairs) => {
        const records = scored(
          ...pairs.map(([reference, heard], i) => ({ utterance: `u${i}`, reference, text: heard })),
        );
        const gathered = gatherUtterances([{ name: 'run', records, errors: new Map() }]);
        const places = gathered.utterances.map(() => ({ clip: -1, link: '' }));
        const errors = pageErrors(packErrors(gathered, places));
        for (const [place, record] of records.entries()) {
          const columns = alignColumns(errors, [place]);
          expect(columns.flatMap(({ reference }) => reference ?? [])).toEqual(words(record.normalizedReference));
          expect(columns.flatMap(({ heard }) => heard[0] ?? [])).toEqual(words(record.normalizedHypothesis!));
          const expected = alignTokens(words(record.normalizedReference), words(record.normalizedHypothesis!));
          expect(errors.errors[place]).toBe(expected.filter(({ operation }) => operation !== 'hit').length);
        }
      }),
    );
  });

  it('sets settings beside each other', async () => {
    const errors = await fixture();
    expect(alignColumns(errors, [2, 3]).map(({ reference, heard }) => [reference, ...heard])).toEqual([
      ['turn', 'turn', 'turn'],
      ['on', 'on', 'on'],
      ['the', 'the', 'the'],
      ['kitchen', 'kitchen', 'chicken'],
      ['light', 'light', 'night'],
      [null, null, 'now'],
    ]);
  });

  it('says how to get it again', async () => {
    const { run } = reportInput();
    const page = await renderExplain([{ run, ...(await explainedRun()) }], { command: ['explain', 'a run'] });
    expect(page).toContain('npx earshot explain &#39;a run&#39;');
    const model = Object.values(run.recognizers).find(({ modelSha256 }) => modelSha256 !== null)!;
    for (const fact of [run.configSha256, model.modelSha256!, run.environment.gitRevision!, run.corpora[0]!.sha256]) {
      expect(page).toContain(fact);
    }
  });

  it('keeps answers under each load apart', () => {
    const records = scored({ text: 'alone' }, { text: 'together' }).map((record, i) => ({
      ...record,
      utterance: 'u',
      cell: { ...record.cell, concurrency: 1 + 7 * i },
    }));
    const gathered = gatherUtterances([{ name: 'run', records, errors: new Map() }]);
    expect(gathered.settings.map(({ name }) => name)).toEqual(['none · 1 at once', 'none · 8 at once']);
    expect(gathered.utterances).toHaveLength(1);
    expect(gathered.utterances[0]!.results.map((result) => result?.record.text)).toEqual(['alone', 'together']);
  });

  it('filters by each criterion', async () => {
    const errors = await fixture();
    expect(found(errors, {})).toHaveLength(6);
    expect(found(errors, { text: 'KITCHEN' })).toEqual(['worse']);
    expect(found(errors, { text: 'anne' })).toEqual(['agreeing']);
    expect(found(errors, { text: 'aGree' })).toEqual(['agreeing']);
    expect(found(errors, { text: 'timeout' })).toEqual(['failed']);
    expect(found(errors, { outcome: 'failed' })).toEqual(['failed']);
    expect(found(errors, { outcome: 'empty' })).toEqual(['empty']);
    expect(found(errors, { outcome: 'i' })).toEqual(['worse']);
    expect(found(errors, { outcome: 'd', settings: [0] })).toEqual(['failed']);
    expect(found(errors, { outcome: 'none', settings: [1] })).toEqual(['right']);
    expect(found(errors, { minSeconds: 6 })).toEqual(['empty', 'arabic']);
    expect(found(errors, { maxSnrDb: 5 })).toEqual(['right', 'worse']);
    expect(found(errors, { speaker: 1 })).toEqual(['worse', 'failed', 'arabic']);
    expect(found(errors, { agreeing: true })).toEqual(['agreeing']);
    expect(found(errors, { edit: { reference: 'light', hypothesis: 'night' } })).toEqual(['worse']);
    expect(found(errors, { edit: { reference: null, hypothesis: 'now' } })).toEqual(['worse']);
    expect(found(errors, { edit: { reference: 'light', hypothesis: 'unheard of' } })).toEqual([]);
    expect(found(errors, { lost: { word: 'kitchen', heardBy: 0, lostBy: 1 } })).toEqual(['worse']);
    expect(found(errors, { lost: { word: 'kitchen', heardBy: 1, lostBy: 0 } })).toEqual([]);
    const classed = errors.packed.errorClasses.map((_, errorClass) => found(errors, { errorClass }).length);
    expect(classed.some((count) => count > 0 && count < 6)).toBe(true);
  });

  it('orders the worst first', async () => {
    const errors = await fixture();
    const order = (name: PageQuery['order']): readonly string[] => {
      const asked = query(errors, { order: name });
      const utterances = orderUtterances(errors, asked, filterUtterances(errors, asked, agreementOf), totalsOf);
      return Array.from(utterances, (utterance) => errors.packed.utterances.id[utterance]!);
    };
    expect(order('errors').slice(0, 2)).toEqual(['empty', 'worse']);
    expect(order('rate').at(-1)).toBe('right');
    expect(order('duration')[0]).toBe('arabic');
    expect(order('id')).toEqual(['agreeing', 'arabic', 'empty', 'failed', 'right', 'worse']);
    expect(order('latency')).toHaveLength(6);
  });

  it('counts what happens often, and what one setting loses', async () => {
    const errors = await fixture();
    const all = Int32Array.from({ length: errors.utterances }, (_, utterance) => utterance);
    const [substitutions, deletions, insertions] = tallyEdits(errors, [], all, 10);
    expect(substitutions[0]).toEqual({ reference: 'anna', hypothesis: 'anne', count: 2 });
    expect(deletions).toContainEqual({ reference: 'aus', hypothesis: null, count: 1 });
    expect(insertions).toEqual([{ reference: null, hypothesis: 'now', count: 1 }]);
    const lost = tallyLostWords(errors, [0, 1], all, 20);
    expect(lost).toContainEqual({ word: 'kitchen', lost: 1, found: 0 });
    expect(lost.map(({ word }) => word)).not.toContain('anna');
  });

  it('keeps a state in an address, by names', async () => {
    const errors = await fixture();
    const links = permalinks(errors);
    const state = {
      open: 3,
      query: query(errors, {
        ...{ text: 'a&b=%', settings: [1], language: 2, speaker: 1, errorClass: 3, flag: 1, outcome: 's' },
        ...{ minSeconds: 0.5, maxSnrDb: -3, order: 'latency', agreeing: true },
        edit: { reference: null, hypothesis: '&=' },
        lost: { word: 'x', heardBy: 1, lostBy: 0 },
      }),
    };
    expect(links.read(`#${links.write(state)}`)).toEqual(state);
    const plain = links.read('');
    expect(links.write(plain)).toBe('');
    fc.assert(fc.property(fc.string(), (address) => void links.write(links.read(`#${address}`))));
  });

  it('writes overlays that the reader takes and that hold both wordings', () => {
    const file = overlayText(
      [
        { utterance: 'u1', corpus: 'c', reference: 'He hoped for stew.', isNotated: false, heard: 'He hoped for stu.' },
        { utterance: 'u2', corpus: 'c', reference: 'a {b} / c', isNotated: false, heard: 'a b' },
        { utterance: 'u3', corpus: 'c', reference: '{a / b} c', isNotated: true, heard: 'd c' },
      ],
      '1',
    );
    expect(parseOverlay(file, 'overlay.json').entries.map(({ replaces, reference }) => [replaces, reference])).toEqual([
      ['He hoped for stew.', 'He hoped for {stew. / stu.}'],
      ['a {b} / c', 'a b {c / @}'],
      [undefined, '{{a / b} c / d c}'],
    ]);
  });

  it('finds the words of a text by their times', () => {
    const timing = { words: [] as number[], ends: [] as number[] };
    const timed = [
      { word: 'Ein', startSeconds: 0, endSeconds: 0.5 },
      { word: 'Wort.', startSeconds: null, endSeconds: 1.25 },
    ];
    packTimes('Ein Wort.', timed, timing);
    packTimes('Anders', timed, timing);
    expect(timedWords('Ein Wort.', timing, Int32Array.of(0, 2, 2), 0)).toEqual([
      { text: 'Ein', endSeconds: 0.5 },
      { text: ' Wort.', endSeconds: 1.25 },
    ]);
    expect(timing.words).toEqual([2, 0]);
  });

  it('shows a tone where it is in the spectrum', () => {
    const tone = Float32Array.from({ length: 16_000 }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 1000 * at) / 16_000));
    const levels = spectrogram(tone, 10, 70);
    for (let frame = 0; frame < 10; frame++) {
      const spectrum = levels.subarray(frame * 256, (frame + 1) * 256);
      // 31.25 Hz per bin.
      expect(spectrum.indexOf(Math.max(...spectrum))).toBe(32);
      expect(spectrum[200]).toBe(-70);
    }
  });
});
