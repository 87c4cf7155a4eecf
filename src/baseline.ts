import { createHash } from 'node:crypto';
import { z } from 'zod';
import { compareCells } from './charts/cell-names.ts';
import type { ComparableRecord } from './compare.ts';
import { UserError } from './errors.ts';
import { cellId } from './metrics/by-cell.ts';
import { parseYaml } from './parse-yaml.ts';
import type { RunFacts } from './run-differences.ts';
import type { Cell, RunInfo } from './types.ts';

const names = z.array(z.string().nullable()).nullable();

/** The utterances of one language of one corpus; every list has one element for each. */
const groupSchema = z.strictObject({
  corpus: z.string(),
  language: z.string(),
  unit: z.enum(['word', 'character']),
  ids: z.array(z.string()),
  /** Digests of the normalized references, 12 hex digits each. */
  references: z.string(),
  tokens: z.array(z.number()),
  seconds: z.array(z.number()),
  speakers: names,
  sessions: names,
  sentences: names,
});

/** What a cell answered, in the order of its group. */
const cellSchema = z.strictObject({
  cell: z.strictObject({
    language: z.string(),
    acceleration: z.enum(['none', 'regular', 'high', 'full']),
    backend: z.string(),
    corpus: z.string(),
    languageHint: z.enum(['given', 'auto']),
    concurrency: z.int().exactOptional(),
  }),
  /** `null` where there was no answer, whether it failed or is missing. */
  errors: z.array(z.number().nullable()),
  /** Digests of the transcripts as they came, 8 hex digits each. */
  transcripts: z.string(),
  latencyMs: z.array(z.number().nullable()),
  costPerMinuteUsd: z.number().nullable(),
});

const baselineSchema = z.strictObject({
  earshotBaseline: z.literal(1),
  name: z.string(),
  normalizer: z.string(),
  facts: z.looseObject({
    createdAt: z.string(),
    configSha256: z.string(),
    environment: z.looseObject({ earshotVersion: z.string(), packages: z.record(z.string(), z.string()) }),
    corpora: z.array(z.looseObject({ name: z.string(), sha256: z.string(), utterances: z.number() })),
    recognizers: z.record(z.string(), z.looseObject({ model: z.string() })),
  }),
  groups: z.array(groupSchema),
  cells: z.array(cellSchema),
});

type Group = z.output<typeof groupSchema>;
type BaselineCell = z.output<typeof cellSchema>;

/** What a baseline file holds: enough of a run for paired tests, and nothing of what was said. */
export interface Baseline {
  readonly name: string;
  readonly normalizer: string;
  readonly facts: RunFacts;
  readonly records: readonly ComparableRecord[];
}

const referenceDigits = 12;
const transcriptDigits = 8;

/** Beside a baseline's, a record's texts are digests. */
export function withDigests(record: ComparableRecord): ComparableRecord {
  return {
    ...record,
    reference: digest(record.reference, referenceDigits),
    transcript: record.transcript === null ? null : digest(record.transcript, transcriptDigits),
  };
}

/** The text of a baseline file: JSON with a line per group and cell, so that a change in it can be read as a difference. */
export function writeBaseline(run: RunInfo, records: readonly ComparableRecord[]): string {
  const { name, createdAt, configSha256, environment, corpora, recognizers } = run;
  const facts: RunFacts = { createdAt, configSha256, environment, corpora, recognizers };
  const digested = records.map(withDigests);
  const groups = groupsOf(digested);
  const distinct = [...new Map(digested.map(({ cell }) => [cellId(cell), cell])).values()];
  const cells = distinct.toSorted(compareCells).map((cell) =>
    cellOf(
      cell,
      groups.find(({ corpus, language }) => corpus === cell.corpus && language === cell.language)!,
      digested.filter((record) => cellId(record.cell) === cellId(cell)),
    ),
  );
  const lines = (items: readonly unknown[]): string => items.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  return `{
  "earshotBaseline": 1,
  "name": ${JSON.stringify(name)},
  "normalizer": ${JSON.stringify(records[0]?.normalizer ?? '')},
  "facts": ${JSON.stringify(facts)},
  "groups": [
${lines(groups)}
  ],
  "cells": [
${lines(cells)}
  ]
}
`;
}

function groupsOf(records: readonly ComparableRecord[]): Group[] {
  const groups = new Map<string, Map<string, ComparableRecord>>();
  for (const record of records) {
    const key = JSON.stringify([record.cell.corpus, record.cell.language]);
    groups.set(key, (groups.get(key) ?? new Map<string, ComparableRecord>()).set(record.utterance, record));
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, byUtterance]): Group => {
      const members = [...byUtterance.values()].toSorted((a, b) => (a.utterance < b.utterance ? -1 : 1));
      const [first] = members;
      const known = (values: (string | null)[]) => (values.every((value) => value === null) ? null : values);
      return {
        corpus: first!.cell.corpus,
        language: first!.cell.language,
        unit: first!.primaryUnit,
        ids: members.map(({ utterance }) => utterance),
        references: members.map(({ reference }) => reference).join(''),
        tokens: members.map(({ referenceTokens }) => referenceTokens),
        seconds: members.map(({ durationSeconds }) => Number(durationSeconds.toFixed(2))),
        speakers: known(members.map(({ speaker }) => speaker)),
        sessions: known(members.map(({ session }) => session)),
        sentences: known(members.map(({ sentence }) => sentence)),
      };
    });
}

function cellOf(cell: Cell, group: Group, records: readonly ComparableRecord[]): BaselineCell {
  const byUtterance = new Map(records.map((record) => [record.utterance, record]));
  const members = group.ids.map((id) => byUtterance.get(id));
  const costs = records.filter(({ errors }) => errors !== null).map(({ costUsd }) => costUsd);
  const minutes = records.reduce(
    (sum, { durationSeconds, errors }) => sum + (errors === null ? 0 : durationSeconds / 60),
    0,
  );
  const isPriced = minutes > 0 && costs.every((cost) => cost !== null);
  return {
    cell,
    errors: members.map((record) => record?.errors ?? null),
    transcripts: members.map((record) => record?.transcript ?? '0'.repeat(transcriptDigits)).join(''),
    latencyMs: members.map((record) => (record?.latencyMs == null ? null : Number(record.latencyMs.toPrecision(3)))),
    costPerMinuteUsd: isPriced ? Number((costs.reduce((sum, cost) => sum + cost, 0) / minutes).toPrecision(6)) : null,
  };
}

/**
 * Reads the text of a baseline file.
 * @throws UserError when it is none or damaged.
 */
export function readBaseline(text: string, file: string): Baseline {
  if (!text.includes('"earshotBaseline"')) {
    throw new UserError(
      `${file}: neither the folder of a run nor a baseline; write one with earshot gate RUN --write-baseline FILE`,
    );
  }
  const { data } = parseYaml(text, file, baselineSchema);
  const records = data.cells.flatMap((cell) => {
    const group = data.groups.find(
      ({ corpus, language }) => corpus === cell.cell.corpus && language === cell.cell.language,
    );
    if (group === undefined || !isWhole(group, cell)) {
      throw new UserError(
        `${file}: the lists of ${cell.cell.language} ${cell.cell.acceleration} do not fit; write it again`,
      );
    }
    return group.ids.map((_, index) => recordAt(index, group, cell, data.normalizer));
  });
  return { name: data.name, normalizer: data.normalizer, facts: data.facts as unknown as RunFacts, records };
}

function isWhole(group: Group, { errors, latencyMs, transcripts }: BaselineCell): boolean {
  const count = group.ids.length;
  return (
    [group.tokens, group.seconds, group.speakers, group.sessions, group.sentences, errors, latencyMs].every(
      (list) => list === null || list.length === count,
    ) &&
    group.references.length === count * referenceDigits &&
    transcripts.length === count * transcriptDigits
  );
}

function recordAt(index: number, group: Group, cell: BaselineCell, normalizer: string): ComparableRecord {
  const piece = (digests: string, digits: number): string => digests.slice(index * digits, (index + 1) * digits);
  const errors = cell.errors[index] ?? null;
  const durationSeconds = group.seconds[index]!;
  return {
    key: `${cellId(cell.cell)} ${group.ids[index]!}`,
    cell: cell.cell,
    utterance: group.ids[index]!,
    speaker: group.speakers?.[index] ?? null,
    session: group.sessions?.[index] ?? null,
    sentence: group.sentences?.[index] ?? null,
    durationSeconds,
    latencyMs: cell.latencyMs[index] ?? null,
    // Only the cell's cost is kept; spread over its audio, sums over utterances come out near enough.
    costUsd: cell.costPerMinuteUsd === null ? null : (cell.costPerMinuteUsd * durationSeconds) / 60,
    normalizer,
    primaryUnit: group.unit,
    reference: piece(group.references, referenceDigits),
    transcript: errors === null ? null : piece(cell.transcripts, transcriptDigits),
    referenceTokens: group.tokens[index]!,
    referenceWordCount: null,
    errors,
    alignment: null,
  };
}

function digest(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
