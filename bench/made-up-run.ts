import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseConfig } from '../src/config.ts';
import { seededRandom } from '../src/stats/random.ts';
import type { Cell, ResultRecord, RunInfo } from '../src/types.ts';

/** Each in two settings. */
const UTTERANCES = 50_000;
const WORDS = 10;

const settings = ['none', 'full'] as const;
const languages = ['en-US', 'de-DE'] as const;

/** Words of made-up syllables, the first ones frequent. */
function vocabulary(random: () => number): readonly string[] {
  const syllables = ['ka', 'lor', 'mi', 'ten', 'su', 'ra', 'vel', 'do', 'ni', 'gash', 'pe', 'ur', 'win', 'to', 'bel'];
  const syllable = (): string => syllables[Math.floor(random() * syllables.length)]!;
  return Array.from({ length: 20_000 }, (_, rank) =>
    Array.from({ length: rank < 100 ? 1 + (rank % 2) : 2 + (rank % 3) }, syllable).join(''),
  );
}

/** Records as a streaming run leaves them: partial transcripts, words with times, one word in twelve wrong. */
function* madeUpRecords(): Generator<ResultRecord> {
  const next = seededRandom(1);
  const random = (): number => next() / 2 ** 32;
  const words = vocabulary(random);
  const word = (): string => words[Math.floor(words.length * random() ** 4)]!;
  for (let u = 0; u < UTTERANCES; u++) {
    const language = languages[u % languages.length]!;
    const said = Array.from({ length: 5 + Math.floor(random() * 2 * (WORDS - 5)) }, word);
    for (const acceleration of settings) {
      const cell: Cell = { language, acceleration, backend: 'made-up', corpus: 'made-up', languageHint: 'given' };
      const heard = said.flatMap((one) => {
        const draw = random() * (acceleration === 'full' ? 0.6 : 1);
        return draw < 0.03 ? [] : draw < 0.07 ? [word()] : draw < 0.08 ? [one, word()] : [one];
      });
      const text = heard.join(' ');
      const partials = [3, 6, 9, heard.length]
        .filter((count, i, counts) => i === counts.length - 1 || count < heard.length)
        .map((count) => ({ atMs: count * 400, text: heard.slice(0, count).join(' ') }));
      const latencyMs = 30 + 200 * random();
      yield {
        key: `made-up/${language}/${acceleration}/${u}`,
        cell,
        utterance: `utterance-${String(u).padStart(5, '0')}`,
        status: text === '' ? 'empty' : 'ok',
        text,
        reference: said.join(' '),
        durationSeconds: 0.4 * said.length,
        speaker: `speaker-${u % 500}`,
        session: null,
        sentence: null,
        referenceWords: null,
        attributes: { snr_db: [20, 10, 5, 0][u % 4]! },
        delivery: 'streaming-virtual',
        detectedLanguage: language,
        partials,
        words: heard.map((one, i) => ({ word: one, startSeconds: null, endSeconds: 0.4 * (i + 1) })),
        latencyMs,
        spans: { decodeMs: 5, inferenceMs: 40 + 100 * random() },
        costUsd: 0.000001,
        error: null,
        audioSha256: null,
        audioPath: `audio/utterance-${u}.wav`,
        audioOffsetSeconds: 0,
        isExcerpt: false,
        stretch: 0,
        startedAtMs: u * 300,
        finishedAtMs: u * 300 + 200,
      };
    }
  }
}

/** Writes a run of 100,000 records that nobody ran, the same at every call. */
export async function makeRun(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = function* () {
    for (const record of madeUpRecords()) yield `${JSON.stringify(record)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, 'results.jsonl')));
  const cells = languages.flatMap((language) =>
    settings.map((acceleration): Cell => {
      return { language, acceleration, backend: 'made-up', corpus: 'made-up', languageHint: 'given' };
    }),
  );
  const config = parseConfig(
    `name: scale
corpora: { made-up: { path: . } }
backends: { made-up: { kind: onnx, model: ${resolve('models/tiny-fastconformer')} } }
matrix: { language: [en-US, de-DE], acceleration: [none, full] }
`,
    'scale.yaml',
  );
  const info: RunInfo = {
    schemaVersion: 1,
    name: 'scale',
    question: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    command: ['run', 'scale.yaml'],
    config,
    configPath: 'scale.yaml',
    configSha256: '',
    environment: {
      earshotVersion: '',
      node: process.version,
      platform: process.platform,
      cpu: '',
      cores: 0,
      memoryGiB: 0,
      gitRevision: null,
      packages: {},
    },
    corpora: [],
    recognizers: {},
    cells,
    skipped: [],
    plannedUtterances: cells.map(() => UTTERANCES / languages.length),
    stretches: [{ startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T01:00:00.000Z' }],
  };
  await writeFile(join(folder, 'run.json'), JSON.stringify(info));
}
