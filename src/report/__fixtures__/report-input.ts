import type {
  Acceleration,
  AlignmentStep,
  Cell,
  CellSummary,
  ErrorCounts,
  Estimate,
  ReportInput,
  ScoredRecord,
  SkippedCell,
} from '../../types.ts';

const accelerations: readonly Acceleration[] = ['none', 'regular', 'high', 'full'];
const utterancesPerLanguage = 24;
const noErrors: ErrorCounts = { hits: 0, substitutions: 0, deletions: 0, insertions: 0 };

/** Reference sentences by language; scripts of both directions, with and without spaces. */
const sentences: Readonly<Record<string, string>> = {
  'en-US': 'please turn off the lights in the kitchen at seven thirty',
  'de-DE': 'bitte schalte um halb acht das licht in der küche aus',
  'ar-EG': 'من فضلك أطفئ الأنوار في المطبخ الساعة السابعة والنصف',
  'ja-JP': '七時半に台所の電気を消してください',
  'hi-IN': 'कृपया साढ़े सात बजे रसोई की बत्ती बंद कर दें',
  'ko-KR': '일곱 시 반에 부엌 불을 꺼 주세요',
};
const characterLanguages: ReadonlySet<string> = new Set(['ja-JP']);

/** Texts that try to become markup, to turn the line around, or to break the layout. */
export const hostileTexts: readonly string[] = [
  '</script><script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked = 2">',
  '"><svg onload=globalThis.hacked=3> \u202egnp.exe\u202c =HYPERLINK("http://example.invalid")',
  `z${'\u0301\u0323\u0489'.repeat(60)}algo ${'\u0000\u001b[31m'} \ud800 lone`,
  'long'.repeat(25_000),
  "'; DROP TABLE cells; -- <!-- ${7*7} {{constructor.constructor('globalThis.hacked=4')()}}",
];

/** A small generator of reproducible numbers in [0, 1). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A run of 6 languages × 4 accelerations × 2 backends: some cells skipped, some answers failed, empty or missing. */
export function reportInput(options: { readonly hostile?: boolean } = {}): ReportInput {
  const random = randomNumbers(7);
  const allCells = Object.keys(sentences).flatMap((language) =>
    ['onnx-local', 'fal-hosted'].flatMap((backend) =>
      accelerations.map(
        (acceleration): Cell => ({ language, acceleration, backend, corpus: 'spoken-commands', languageHint: 'given' }),
      ),
    ),
  );
  const skipped: SkippedCell[] = allCells
    .filter((cell) => cell.language === 'ko-KR' && cell.backend === 'fal-hosted')
    .map((cell) => ({ cell, reason: 'FAL_KEY is not set' }));
  const cells = allCells.filter((cell) => !skipped.some((skip) => skip.cell === cell));
  const records = cells.flatMap((cell, cellIndex) =>
    Array.from({ length: utterancesPerLanguage }, (_, index) => record(cell, cellIndex, index, random)),
  );
  const input: ReportInput = {
    run: runInfo(cells, skipped),
    summary: {
      schemaVersion: 1,
      name: 'fixture sweep',
      normalizer: 'earshot@2#0123456789ab',
      overlay: null,
      characters: 'code-point',
    intervals: 'percentile',
      cells: cells.map((cell) =>
        summarizeCell(
          cell,
          records.filter((scored) => scored.cell === cell),
        ),
      ),
      skipped,
    },
    records,
  };
  return options.hostile === true ? withHostileTexts(input) : input;
}

function record(cell: Cell, cellIndex: number, index: number, random: () => number): ScoredRecord {
  const reference = sentences[cell.language]!;
  const primaryUnit = characterLanguages.has(cell.language) ? 'character' : 'word';
  const tokens = primaryUnit === 'word' ? reference.split(' ') : [...reference];
  const chance = 0.04 + 0.05 * accelerations.indexOf(cell.acceleration) + 0.01 * (cellIndex % 5);
  const status = index === 5 && cellIndex % 7 === 0 ? 'failed' : index === 9 && cellIndex % 5 === 0 ? 'empty' : 'ok';
  const alignment = status === 'failed' ? null : tokens.flatMap((token) => step(token, status === 'empty' ? 'lose' : chance, random));
  const heard = alignment?.flatMap(({ hypothesis }) => hypothesis ?? []).join(primaryUnit === 'word' ? ' ' : '') ?? null;
  const latencyMs = 60 + 220 * Math.exp(random()) * (cell.backend === 'fal-hosted' ? 2.4 : 1) - 90 * random();
  const counts = alignment === null ? null : count(alignment);
  return {
    key: `${cellIndex}:${index}`,
    cell,
    utterance: `utterance-${String(index).padStart(3, '0')}`,
    status,
    text: heard,
    reference,
    durationSeconds: 2 + (index % 7) * 0.6,
    speaker: `speaker-${index % 8}`,
    session: null,
    sentence: null,
    referenceWords: null,
    attributes: { snr_db: [20, 10, 5, 0][index % 4]! },
    delivery: status === 'failed' ? null : cell.backend === 'onnx-local' ? 'streaming-virtual' : 'batch',
    detectedLanguage: null,
    partials: null,
    words: null,
    latencyMs: status === 'failed' ? null : latencyMs,
    spans: {},
    costUsd: cell.backend === 'fal-hosted' ? 0.0004 : 0.00001,
    error: status === 'failed' ? { kind: 'timeout', message: 'no answer within 60 s', retryable: true } : null,
    audioSha256: null,
    audioPath: `clips/${cell.language}-${index}.flac`,
    audioOffsetSeconds: 0,
    isExcerpt: false,
    stretch: 0,
    startedAtMs: index * 1000,
    finishedAtMs: index * 1000 + latencyMs,
    normalizer: 'earshot@2#0123456789ab',
    overlay: null,
    characters: 'code-point',
    notatedReference: null,
    primaryUnit,
    normalizedReference: reference,
    normalizedHypothesis: heard,
    word: counts,
    character: counts,
    referenceWordCount: tokens.length,
    referenceCharacterCount: reference.length,
    alignment,
  };
}

function step(token: string, chance: number | 'lose', random: () => number): readonly AlignmentStep[] {
  if (chance === 'lose') return [{ operation: 'deletion', reference: token, hypothesis: null }];
  const draw = random();
  if (draw < chance * 0.5) return [{ operation: 'substitution', reference: token, hypothesis: [...token].toReversed().join('') }];
  if (draw < chance * 0.8) return [{ operation: 'deletion', reference: token, hypothesis: null }];
  const hit: AlignmentStep = { operation: 'hit', reference: token, hypothesis: token };
  return draw < chance ? [hit, { operation: 'insertion', reference: null, hypothesis: token }] : [hit];
}

function count(alignment: readonly AlignmentStep[]): ErrorCounts {
  const of = (operation: AlignmentStep['operation']): number => alignment.filter((one) => one.operation === operation).length;
  return { hits: of('hit'), substitutions: of('substitution'), deletions: of('deletion'), insertions: of('insertion') };
}

function add(left: ErrorCounts, right: ErrorCounts): ErrorCounts {
  return {
    hits: left.hits + right.hits,
    substitutions: left.substitutions + right.substitutions,
    deletions: left.deletions + right.deletions,
    insertions: left.insertions + right.insertions,
  };
}

function summarizeCell(cell: Cell, records: readonly ScoredRecord[]): CellSummary {
  const answered = records.filter(({ status }) => status !== 'failed');
  const counts = answered.reduce((sum, one) => add(sum, one.word ?? noErrors), noErrors);
  const errors = counts.substitutions + counts.deletions + counts.insertions;
  const rate = errors / (counts.hits + counts.substitutions + counts.deletions);
  const latencies = answered.flatMap(({ latencyMs }) => latencyMs ?? []).toSorted((left, right) => left - right);
  const at = (share: number): number => latencies[Math.floor(share * (latencies.length - 1))]!;
  const estimate = (value: number, halfWidth: number | null, note: string | null = null): Estimate => ({
    value,
    interval: halfWidth === null ? null : { low: Math.max(0, value - halfWidth), high: value + halfWidth, level: 0.95 },
    n: answered.length,
    resampled: 'speaker',
    blocks: 8,
    note,
  });
  const isHosted = cell.backend === 'fal-hosted';
  const primaryUnit = characterLanguages.has(cell.language) ? 'character' : 'word';
  return {
    cell,
    primaryUnit,
    primaryMetric: primaryUnit === 'word' ? 'wer' : 'cer',
    utterances: utterancesPerLanguage,
    audioSeconds: records.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0),
    statuses: {
      ok: records.filter(({ status }) => status === 'ok').length,
      empty: records.filter(({ status }) => status === 'empty').length,
      failed: records.length - answered.length,
      missing: cell.language === 'hi-IN' && cell.acceleration === 'full' ? 1 : 0,
    },
    word: counts,
    character: counts,
    delivery: isHosted ? 'batch' : 'streaming-virtual',
    metrics: {
      wer: estimate(rate, 0.035, '8 speakers: the interval is too narrow'),
      cer: estimate(rate * 0.6, 0.02, '8 speakers: the interval is too narrow'),
      latencyP50: estimate(at(0.5), 40),
      latencyP95: estimate(at(0.95), null, 'n too small for an interval'),
      firstPartialP50: isHosted
        ? { ...estimate(0, null, 'the backend shows no partial transcripts'), value: null, n: 0 }
        : estimate(210 + at(0.5) / 10, 15),
      emissionDelayP50: isHosted
        ? { ...estimate(0, null, 'needs partial transcripts'), value: null, n: 0 }
        : estimate(900 - 250 * accelerations.indexOf(cell.acceleration), 30),
      upwr: estimate(0.2 + 0.1 * accelerations.indexOf(cell.acceleration), 0.05),
      rtf: estimate(0.02 + 0.03 * accelerations.indexOf(cell.acceleration) + (isHosted ? 0.05 : 0), 0.004),
      costPerMinuteUsd: estimate(isHosted ? 0.0084 : 0.0002 + 0.0001 * accelerations.indexOf(cell.acceleration), null),
    },
  };
}

function runInfo(cells: readonly Cell[], skipped: readonly SkippedCell[]): ReportInput['run'] {
  return {
    schemaVersion: 1,
    name: 'fixture sweep',
    question: 'How much accuracy does a shorter chunk cost, in six languages?',
    createdAt: '2026-11-01T10:00:00.000Z',
    command: ['run', 'configs/fixture.yaml'],
    config: {
      name: 'fixture sweep',
      languages: Object.keys(sentences),
      seed: 7,
      backends: { 'onnx-local': { kind: 'onnx', machineUsdPerHour: 0.5 }, 'fal-hosted': { kind: 'fal' } },
      published: [
        { language: 'en-US', acceleration: 'none', metric: 'wer', value: 0.08, source: 'Example model card, FLEURS' },
        { language: 'en-US', acceleration: 'full', metric: 'wer', value: 0.11, source: 'Example model card, FLEURS' },
        { language: 'ja-JP', metric: 'cer', value: 0.115, source: 'Example model card, FLEURS' },
      ],
    },
    configPath: 'configs/fixture.yaml',
    configSha256: 'c'.repeat(64),
    environment: {
      earshotVersion: '0.1.0',
      node: 'v20.20.2',
      platform: 'linux x64',
      cpu: 'Example CPU',
      cores: 2,
      memoryGiB: 8,
      gitRevision: 'abcdef0',
      packages: { 'onnxruntime-node': '1.30.0' },
    },
    corpora: [
      {
        name: 'spoken-commands',
        description: 'short commands read by a speech synthesizer',
        license: 'CC0-1.0',
        synthetic: true,
        sha256: 'd'.repeat(64),
        utterances: 144,
        audioSeconds: 540,
      },
    ],
    recognizers: {
      'onnx-local': {
        model: 'tiny-fastconformer',
        description: 'a very small model trained on synthetic speech',
        modelSha256: 'e'.repeat(64),
        precision: 'int8',
        requestedProvider: 'cuda',
        effectiveProvider: 'cpu',
        threads: 1,
        loadMs: 210,
        peakMemoryMiB: 180,
      },
      'fal-hosted': {
        model: 'fal-ai/nemotron/asr',
        description: 'hosted endpoint',
        modelSha256: null,
        precision: null,
        requestedProvider: null,
        effectiveProvider: null,
        threads: null,
        loadMs: null,
        peakMemoryMiB: null,
      },
    },
    cells: [...cells],
    skipped,
    plannedUtterances: cells.map(() => utterancesPerLanguage),
    stretches: [
      { startedAt: '2026-11-01T10:00:00.000Z', endedAt: '2026-11-01T10:20:00.000Z' },
      { startedAt: '2026-11-01T11:00:00.000Z', endedAt: null },
    ],
  };
}

/** Puts hostile text wherever text from outside can stand. */
function withHostileTexts(input: ReportInput): ReportInput {
  const hostile = (index: number): string => hostileTexts[index % hostileTexts.length]!;
  return {
    run: {
      ...input.run,
      name: hostile(0),
      question: hostile(1),
      command: ['run', hostile(0)],
      config: { name: hostile(0), [hostile(1)]: hostile(4) },
      corpora: input.run.corpora.map((corpus) => ({ ...corpus, description: hostile(0), license: hostile(1) })),
      skipped: input.run.skipped.map((skip) => ({ ...skip, reason: hostile(0) })),
    },
    summary: { ...input.summary, skipped: input.summary.skipped.map((skip) => ({ ...skip, reason: hostile(0) })) },
    records: input.records.map((record, index) => {
      const text = hostile(index);
      return {
        ...record,
        utterance: index % 24 === 3 ? `${record.utterance}${hostile(index % 3)}` : record.utterance,
        text: record.text === null ? null : text,
        reference: hostile(index + 1),
        alignment:
          record.alignment?.map((one) =>
            one.operation === 'insertion' || one.operation === 'substitution' ? { ...one, hypothesis: text } : one,
          ) ?? null,
        error: record.error === null ? null : { ...record.error, message: text },
      };
    }),
  };
}
