import type { RecordErrors } from '../../analysis/analysis.ts';
import { errorClassTitles } from '../../analysis/class-titles.ts';
import { hallucinations } from '../../analysis/hallucinations/index.ts';
import { CellNamer, compareCells } from '../../charts/cell-names.ts';
import { cellId } from '../../metrics/by-cell.ts';
import type { Cell, ScoredRecord } from '../../types.ts';
import { directionOf, languageName, localeOf } from '../transcript-text.ts';
import { Numbering } from './numbering.ts';
import { packEdits } from './pack-edits.ts';
import { packTimes } from './pack-times.ts';
import type { PackedErrors, PackedLanguage, PackedSetting } from './packed.ts';
import type { ClipPlace } from './place-clips.ts';

/** One of the runs that a page is about. */
export interface ExplainedRun {
  readonly name: string;
  readonly records: readonly ScoredRecord[];
  /** By the records' keys. */
  readonly errors: ReadonlyMap<string, RecordErrors>;
}

/** An utterance in all settings of all runs. */
export interface ExplainedUtterance {
  readonly first: ScoredRecord;
  /** By setting. */
  readonly results: (ExplainedResult | undefined)[];
}

interface ExplainedResult {
  readonly record: ScoredRecord;
  readonly found: RecordErrors | undefined;
}

export interface Gathered {
  readonly settings: readonly PackedSetting[];
  readonly utterances: readonly ExplainedUtterance[];
}

/** Brings together what is known of each utterance; results of one utterance have its reference in common,
 * with all its alternatives. */
export function gatherUtterances(runs: readonly ExplainedRun[]): Gathered {
  const settings = settingsOf(runs);
  const numbers = new Map(settings.map(({ id }, index) => [id, index]));
  const utterances = new Map<string, ExplainedUtterance>();
  for (const [run, { records, errors }] of runs.entries()) {
    for (const record of records) {
      const { corpus, language } = record.cell;
      const id = JSON.stringify([corpus, language, record.utterance, writtenReference(record)]);
      let utterance = utterances.get(id);
      if (utterance === undefined) utterances.set(id, (utterance = { first: record, results: [] }));
      const setting = numbers.get(settingId(run, record.cell))!;
      utterance.results[setting] = { record, found: errors.get(record.key) };
    }
  }
  return { settings: settings.map(({ name }) => ({ name })), utterances: [...utterances.values()] };
}

/** Acceleration, backend, hint and load, and the run where there are several, in the order of the report's tables. */
function settingsOf(runs: readonly ExplainedRun[]): { readonly id: string; readonly name: string }[] {
  const cells = new Map<string, { readonly run: number; readonly cell: Cell }>();
  for (const [run, { records }] of runs.entries()) {
    for (const { cell } of records)
      cells.set(settingId(run, cell), { run, cell: { ...cell, corpus: '', language: '' } });
  }
  const ordered = [...cells].toSorted(
    ([, left], [, right]) => left.run - right.run || compareCells(left.cell, right.cell),
  );
  const namer = new CellNamer(ordered.map(([, { cell }]) => cell));
  return ordered.map(([id, { run, cell }]) => {
    const parts = [cell.acceleration, namer.surroundings(cell), runs.length > 1 ? runName(runs, run) : ''];
    return { id, name: parts.filter((part) => part !== '').join(' · ') };
  });
}

/** Runs of one name are told apart by their place. */
export function runName(runs: readonly ExplainedRun[], run: number): string {
  const { name } = runs[run]!;
  return runs.filter((other) => other.name === name).length > 1 ? `${name} (${run + 1})` : name;
}

function settingId(run: number, cell: Cell): string {
  return JSON.stringify([run, cellId({ ...cell, corpus: '', language: '' })]);
}

const statusLetters = { ok: 'o', empty: 'e', failed: 'f' } as const;
const flagBits = new Map(hallucinations.map(({ kind }, bit) => [kind as string, 1 << bit]));

/**
 * Packs gathered utterances for the page.
 * @param places where each utterance's audio is, in the order of the utterances.
 */
export function packErrors({ settings, utterances }: Gathered, places: readonly ClipPlace[]): PackedErrors {
  const [languages, corpora, speakers] = [new Numbering(), new Numbering(), new Numbering()];
  const [texts, tokens, attributeSets, readings] = [new Numbering(), new Numbering(), new Numbering(), new Numbering()];
  const packedLanguages: PackedLanguage[] = [];
  const readingTokens: number[] = [];
  const readingLengths: number[] = [];
  const readingOf = (record: ScoredRecord): number => {
    const before = readings.size;
    const reading = readings.of(record.normalizedReference);
    if (reading < before) return reading;
    const own = record.alignment?.flatMap(({ reference }) => (reference === null ? [] : tokens.of(reference))) ?? [];
    // Not spread: an utterance may have more tokens than a call takes arguments.
    for (const token of own) readingTokens.push(token);
    readingLengths.push(own.length);
    return reading;
  };
  const status: string[] = [];
  const results = {
    text: [] as number[],
    reading: [] as number[],
    latencyMs: [] as (number | null)[],
    edits: [] as number[],
    edit: [] as number[],
    flags: [] as number[],
    timing: { words: [] as number[], ends: [] as number[] },
  };
  const columns = {
    id: [] as string[],
    language: [] as number[],
    corpus: [] as number[],
    speaker: [] as number[],
    seconds: [] as number[],
    reference: [] as number[],
    notated: [] as number[],
    attributes: [] as number[],
    snrDb: [] as (number | null)[],
    timing: { words: [] as number[], ends: [] as number[] },
  };
  for (const { first, results: bySetting } of utterances) {
    const { language, corpus } = first.cell;
    const number = languages.of(language);
    if (number === packedLanguages.length) packedLanguages.push(packLanguage(language, first.primaryUnit));
    columns.id.push(first.utterance);
    columns.language.push(number);
    columns.corpus.push(corpora.of(corpus));
    columns.speaker.push(first.speaker === null ? -1 : speakers.of(first.speaker));
    columns.seconds.push(Math.round(first.durationSeconds * 100) / 100);
    columns.reference.push(texts.of(writtenReference(first)));
    columns.notated.push(Number(first.notatedReference !== null || first.overlay !== null));
    columns.attributes.push(attributeSets.of(JSON.stringify(attributeLines(first))));
    columns.snrDb.push(snrOf(first));
    packTimes(writtenReference(first), first.referenceWords, columns.timing);
    for (let setting = 0; setting < settings.length; setting++) {
      const result = bySetting[setting];
      if (result === undefined) {
        status.push('-');
        results.text.push(0);
        results.reading.push(-1);
        results.latencyMs.push(null);
        results.edits.push(0);
        results.flags.push(0);
        results.timing.words.push(0);
        continue;
      }
      const { record, found } = result;
      const message = record.error === null ? '' : `${record.error.kind}: ${record.error.message}`;
      const isFailed = record.alignment === null;
      status.push(statusLetters[record.status]);
      results.text.push(texts.of(isFailed ? message : (record.text ?? '')));
      results.reading.push(isFailed ? -1 : readingOf(record));
      results.latencyMs.push(record.latencyMs === null ? null : Math.round(record.latencyMs));
      results.edits.push(packEdits(record.alignment ?? [], found?.errors ?? [], tokens, results.edit));
      results.flags.push((found?.hallucinations ?? []).reduce((bits, { kind }) => bits | flagBits.get(kind)!, 0));
      packTimes(record.text ?? '', record.words, results.timing);
    }
  }
  return {
    settings,
    languages: packedLanguages,
    corpora: corpora.values,
    speakers: speakers.values,
    texts: texts.values,
    tokens: tokens.values,
    readingTokens,
    readingLengths,
    utterances: {
      ...columns,
      clip: places.map(({ clip }) => clip),
      link: places.map(({ link }) => link),
    },
    attributeSets: attributeSets.values.map((value) => JSON.parse(value) as string[]),
    results: { ...results, status: status.join('') },
    errorClasses: errorClassTitles.map(({ title }) => title),
    hallucinations: hallucinations.map(({ title }) => title),
  };
}

/** The reference with its alternatives; settings may have been scored against different readings of it. */
function writtenReference({ reference, notatedReference }: ScoredRecord): string {
  return notatedReference ?? reference;
}

function packLanguage(tag: string, unit: PackedLanguage['unit']): PackedLanguage {
  return {
    tag,
    name: languageName(tag) ?? tag,
    lang: localeOf(tag)?.baseName ?? '',
    direction: directionOf(tag),
    unit,
  };
}

function attributeLines({ attributes }: ScoredRecord): string[] {
  return Object.entries(attributes).flatMap(([name, value]) => (value === null ? [] : `${name}: ${value}`));
}

/** The signal-to-noise ratio, by the name that corpora and probes give it. */
function snrOf({ attributes }: ScoredRecord): number | null {
  const value = attributes['snr_db'] ?? attributes['snr'];
  return typeof value === 'number' ? value : null;
}
