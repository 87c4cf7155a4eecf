import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { earshot } from './__fixtures__/earshot.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const model = join(root, 'models/tiny-fastconformer');
const corpus = join(root, 'datasets/spoken-commands');

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'earshot-cli-'));
}

function sweep(folder: string, over: Partial<Record<'model' | 'corpus' | 'matrix' | 'settings', string>> = {}): string {
  const path = join(folder, 'sweep.yaml');
  writeFileSync(
    path,
    `name: trial
corpora: { speech: { path: ${over.corpus ?? corpus} } }
backends: { tiny: { kind: onnx, model: ${over.model ?? model}${over.settings ?? ''} } }
matrix: ${over.matrix ?? '{ language: [en-US, de-DE], acceleration: [none, full] }'}
`,
  );
  return path;
}

interface JournalLine {
  readonly key: string;
  readonly status: string;
  readonly stretch: number;
  readonly failedAttempts?: readonly { readonly kind: string; readonly message: string }[];
}

function journal(folder: string): JournalLine[] {
  const text = readFileSync(join(folder, 'results.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalLine);
}

/** Waits for a condition of the file system that a running process brings about. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('earshot run', () => {
  it('is killed with SIGKILL, resumed, and has then done every piece of work exactly once', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'run');
    const config = sweep(folder);
    const args = ['run', config, '--out', out, '--limit', '8'];
    let killed: Promise<void> | undefined;
    const first = earshot(args, (kill) => {
      killed ??= until(() => existsSync(join(out, 'results.jsonl')) && journal(out).length >= 5).then(() =>
        kill('SIGKILL'),
      );
    });
    expect((await first).signal).toBe('SIGKILL');
    await killed;
    const before = journal(out);
    expect(before.length).toBeGreaterThanOrEqual(5);
    expect(before.length).toBeLessThan(32);

    const refused = await earshot(args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/holds a run already/);

    const second = await earshot([...args, '--resume']);
    expect(second.code, second.stderr).toBe(0);
    const after = journal(out);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(32);
    expect(new Set(after.map(({ key }) => key)).size).toBe(32);
    expect(after.slice(before.length).every(({ stretch }) => stretch === 1)).toBe(true);
    for (const file of ['run.json', 'summary.json', 'report.html'])
      expect(existsSync(join(out, file)), file).toBe(true);
    expect(existsSync(join(out, '.lock'))).toBe(false);
  });

  it('keeps what was done when it is interrupted, and says how to go on', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'run');
    let asked = false;
    const ended = await earshot(['run', sweep(folder), '--out', out], (kill, stderr) => {
      if (asked || !stderr.includes('opening')) return;
      asked = true;
      void until(() => existsSync(join(out, 'results.jsonl')) && journal(out).length >= 1).then(() => kill('SIGINT'));
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('--resume');
    expect(journal(out).length).toBeGreaterThanOrEqual(1);
  });

  it.runIf(process.platform === 'linux')(
    'loses no utterance when the process with the model is killed, and tells of it',
    async () => {
      const folder = temporaryFolder();
      const out = join(folder, 'run');
      let killed: Promise<void> | undefined;
      const ended = await earshot(['run', sweep(folder), '--out', out, '--limit', '10'], (_, stderr, pid) => {
        if (!stderr.includes('opening')) return;
        killed ??= until(() => existsSync(join(out, 'results.jsonl')) && journal(out).length >= 5).then(() => {
          const [worker] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
          process.kill(Number(worker), 'SIGKILL');
        });
      });
      await killed;
      expect(ended.code, ended.stderr).toBe(0);
      const records = journal(out);
      expect(new Set(records.map(({ key }) => key)).size).toBe(40);
      expect(records.every(({ status }) => status !== 'failed')).toBe(true);
      const lost = records.flatMap(({ failedAttempts = [] }) => failedAttempts);
      expect(lost).toMatchObject([{ kind: 'process', message: expect.stringContaining('SIGKILL') as string }]);
    },
  );

  it('narrows the matrix with --only and refuses a value that is not in it', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'run');
    const args = ['run', sweep(folder), '--out', out, '--limit', '1'];
    const wrong = await earshot([...args, '--only', 'language=de']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/no such language; use en-US, de-DE/);
    const narrowed = await earshot([...args, '--only', 'language=de-DE', '--only', 'acceleration=full']);
    expect(narrowed.code, narrowed.stderr).toBe(0);
    expect(journal(out).map(({ key }) => key.split('/').slice(2, 5))).toEqual([['de-DE', 'given', 'full']]);
  });

  it('fails the utterance whose audio is damaged, goes on, and ends with 3', async () => {
    const folder = temporaryFolder();
    const speech = join(folder, 'speech');
    mkdirSync(speech);
    const rows = ['en-US-0001', 'en-US-0002', 'en-US-0003'].map((id) => {
      copyFileSync(join(corpus, 'audio', `${id}.flac`), join(speech, `${id}.flac`));
      return JSON.stringify({ audio_filepath: `${id}.flac`, duration: 2, text: 'hello there', lang: 'en-US' });
    });
    writeFileSync(join(speech, 'en-US-0002.flac'), 'this is no audio');
    writeFileSync(join(speech, 'manifest.jsonl'), rows.join('\n'));
    const out = join(folder, 'run');
    const config = sweep(folder, { corpus: speech, matrix: '{ language: en-US, acceleration: none }' });
    const ended = await earshot(['run', config, '--out', out]);
    expect(ended.code).toBe(3);
    expect(
      journal(out)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['failed', 'ok', 'ok']);
    copyFileSync(join(corpus, 'audio', 'en-US-0002.flac'), join(speech, 'en-US-0002.flac'));
    const again = await earshot(['run', config, '--out', out, '--resume', '--retry-failed']);
    expect(again.code, again.stderr).toBe(0);
    expect(journal(out)).toHaveLength(4);
  });
});

describe('a run that is gone on with', () => {
  it('refuses a model or a corpus that changed under the same name', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'run');
    const [ownModel, ownCorpus] = [join(folder, 'model'), join(folder, 'speech')];
    mkdirSync(ownModel);
    mkdirSync(ownCorpus);
    for (const file of ['encoder.onnx', 'decoder.onnx', 'joiner.onnx', 'tokens.txt']) {
      copyFileSync(join(model, file), join(ownModel, file));
    }
    copyFileSync(join(corpus, 'audio/en-US-0001.flac'), join(ownCorpus, 'a.flac'));
    const row = { audio_filepath: 'a.flac', duration: 3.1, text: 'hello', lang: 'en-US' };
    writeFileSync(join(ownCorpus, 'manifest.jsonl'), JSON.stringify(row));
    const matrix = '{ language: en-US, acceleration: [none, full] }';
    const config = sweep(folder, { model: ownModel, corpus: ownCorpus, matrix });
    const first = await earshot(['run', config, '--out', out, '--only', 'acceleration=none']);
    expect(first.code, first.stderr).toBe(0);

    const resume = ['run', config, '--out', out, '--resume'];
    copyFileSync(join(model, 'encoder.int8.onnx'), join(ownModel, 'encoder.onnx'));
    const otherModel = await earshot(resume);
    expect(otherModel.stderr).toMatch(/its model changed since this run began/);
    expect(journal(out)).toHaveLength(1);
    copyFileSync(join(model, 'encoder.onnx'), join(ownModel, 'encoder.onnx'));

    writeFileSync(join(ownCorpus, 'manifest.jsonl'), JSON.stringify({ ...row, text: 'goodbye' }));
    const otherCorpus = await earshot(resume);
    expect(otherCorpus.code).toBe(2);
    expect(otherCorpus.stderr).toMatch(/corpora\.speech: its rows changed/);

    writeFileSync(join(ownCorpus, 'manifest.jsonl'), JSON.stringify(row));
    const extended = await earshot(resume);
    expect(extended.code, extended.stderr).toBe(0);
    expect(journal(out)).toHaveLength(2);
  });

  it('is not stopped by the lock that a killed process left', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'run');
    const args = ['run', sweep(folder), '--out', out, '--limit', '1', '--only', 'acceleration=none', 'language=en-US'];
    mkdirSync(out);
    writeFileSync(join(out, '.lock'), '');
    const { code, stderr } = await earshot(args);
    expect(code, stderr).toBe(0);
  });
});

describe('bad input is one clear line and exit code 2', () => {
  async function expectRefusal(args: readonly string[], message: RegExp) {
    const { code, stderr, stdout } = await earshot(args);
    expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n'), stderr).toHaveLength(1);
  }

  it('a configuration that is missing or malformed', async () => {
    const folder = temporaryFolder();
    await expectRefusal(['run', join(folder, 'absent.yaml')], /cannot read .*absent\.yaml/);
    const malformed = sweep(folder, { matrix: '{ language: en-US, acceleration: fastest }' });
    await expectRefusal(['run', malformed], /sweep\.yaml:4:42: .*"fastest" is not allowed; use none/);
  });

  it('a corpus, its audio or its rows', async () => {
    const folder = temporaryFolder();
    await expectRefusal(['run', sweep(folder, { corpus: join(folder, 'nowhere') })], /corpus speech: nothing at/);
    const speech = join(folder, 'speech');
    mkdirSync(speech);
    const manifest = join(speech, 'manifest.jsonl');
    const row = { audio_filepath: 'x.wav', duration: 1, text: 'x', lang: 'en-US' };
    const config = sweep(folder, { corpus: speech });
    writeFileSync(manifest, `${JSON.stringify(row)}\n{"audio_filepath": \n`);
    await expectRefusal(['run', config], /manifest\.jsonl:2: not a JSON object|no audio file/);
    writeFileSync(manifest, JSON.stringify(row));
    await expectRefusal(['run', config], /utterance x: no audio file at .*x\.wav/);
    writeFileSync(join(speech, 'x.wav'), '');
    await expectRefusal(['run', config], /x\.wav is empty/);
    writeFileSync(manifest, JSON.stringify({ ...row, duration: -1 }));
    await expectRefusal(['run', config], /manifest\.jsonl:1: duration/);
  });

  it('a model folder', async () => {
    const folder = temporaryFolder();
    await expectRefusal(['run', sweep(folder, { model: join(folder, 'nothing') })], /nothing/);
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    for (const file of ['encoder.onnx', 'decoder.onnx', 'joiner.onnx', 'tokens.txt']) {
      copyFileSync(join(model, file), join(broken, file));
    }
    writeFileSync(join(broken, 'encoder.onnx'), 'this is no graph');
    await expectRefusal(['run', sweep(folder, { model: broken })], /encoder\.onnx/);
    copyFileSync(join(model, 'encoder.onnx'), join(broken, 'encoder.onnx'));
    writeFileSync(join(broken, 'tokens.txt'), '<unk> 0\n<blk> 1\n');
    await expectRefusal(['run', sweep(folder, { model: broken })], /tokens/);
  });

  it('an acceleration that the export cannot do, before anything is made', async () => {
    const folder = temporaryFolder();
    const fixed = join(folder, 'fixed');
    mkdirSync(fixed);
    for (const file of ['decoder.onnx', 'joiner.onnx', 'tokens.txt'])
      copyFileSync(join(model, file), join(fixed, file));
    // The same graph without the statement that it takes any window does its declared chunk alone.
    const bytes = readFileSync(join(model, 'encoder.onnx')).toString('latin1');
    writeFileSync(
      join(fixed, 'encoder.onnx'),
      Buffer.from(bytes.replace('dynamic_window', 'dynamic_windoX'), 'latin1'),
    );
    const out = join(folder, 'run');
    const config = sweep(folder, { model: fixed, matrix: '{ language: en-US, acceleration: full }' });
    await expectRefusal(['run', config, '--out', out], /cannot do acceleration full; it does regular/);
    expect(existsSync(out)).toBe(false);
    await expectRefusal(
      ['transcribe', join(corpus, 'audio/en-US-0001.flac'), '--model', fixed, '--acceleration', 'full'],
      /--acceleration full: this model does regular/,
    );
  });

  it('a public model that was not fetched', async () => {
    const name = 'nemotron-3.5-asr-streaming-0.6b-80ms';
    process.env['EARSHOT_CACHE'] = temporaryFolder();
    await expectRefusal(
      ['plan', sweep(temporaryFolder(), { model: name })],
      /80ms was not fetched yet: earshot models/,
    );
    delete process.env['EARSHOT_CACHE'];
  });

  it('a graph that is missing, and a provider that this machine does not have', async () => {
    const folder = temporaryFolder();
    const partial = join(folder, 'partial');
    mkdirSync(partial);
    for (const file of ['encoder.onnx', 'decoder.onnx', 'tokens.txt'])
      copyFileSync(join(model, file), join(partial, file));
    await expectRefusal(['run', sweep(folder, { model: partial })], /lacks joiner\.onnx/);
    const out = join(folder, 'run');
    const { code, stderr } = await earshot(['run', sweep(folder, { settings: ', provider: nonsense' }), '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/backend tiny stopped: .*nonsense/);
    expect(existsSync(out), 'nothing stands in the way of the mended sweep').toBe(false);
    mkdirSync(out);
    writeFileSync(join(out, 'notes.txt'), 'mine');
    await earshot(['run', sweep(folder, { settings: ', provider: nonsense' }), '--out', out]);
    expect(readdirSync(out), 'what was there before stays').toEqual(['notes.txt']);
  });

  it('a budget for an endpoint whose price nobody knows', async () => {
    const folder = temporaryFolder();
    const config = sweep(folder, { matrix: '{ language: [en-US], acceleration: [none] }' });
    const text = readFileSync(config, 'utf8').replace(
      /backends: .*/,
      'backends: { whisper: { kind: fal, endpoint: fal-ai/whisper, key: "${FAL_KEY}" } }',
    );
    writeFileSync(config, text);
    await expectRefusal(
      ['run', config, '--max-usd', '1', '--out', join(folder, 'run')],
      /backend whisper: no price per minute of audio is listed, so that a budget of \$1 cannot be kept/,
    );
    expect(existsSync(join(folder, 'run'))).toBe(false);
  });

  it('an output folder that cannot be written', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o444);
    await expectRefusal(['run', sweep(folder), '--out', join(file, 'run')], /cannot be written/);
  });

  it('audio files given to transcribe', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.wav');
    await expectRefusal(['transcribe', path], /x\.wav/);
    writeFileSync(path, '');
    await expectRefusal(['transcribe', path], /x\.wav/);
    writeFileSync(path, 'RIFF\u0024\u0000\u0000\u0000WAVEfmt ');
    await expectRefusal(['transcribe', path], /x\.wav/);
    await expectRefusal(['transcribe', path, '--acceleration', 'fast'], /this model does none, regular, high, full/);
    await expectRefusal(['transcribe', path, '--language', 'xx-XX'], /xx-XX/);
  });

  it('arguments', async () => {
    const { code, stderr } = await earshot(['rum']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/unknown command 'rum'/);
  });
});

describe('earshot', () => {
  it('plans without spending or writing anything', async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await earshot(['plan', sweep(folder), '--json']);
    expect(code).toBe(0);
    const planned = JSON.parse(stdout) as { cells: unknown[]; totals: { utterances: number } };
    expect(planned.cells).toHaveLength(4);
    expect(planned.totals.utterances).toBe(160);
  });

  it.each(['none', 'regular', 'high', 'full'])('transcribes a clip at acceleration %s', async (acceleration) => {
    const clip = join(corpus, 'audio/en-US-0001.flac');
    const args = ['transcribe', clip, '--language', 'en-US', '--acceleration', acceleration, '--partials', '--json'];
    const { code, stdout, stderr } = await earshot(args);
    expect(code, stderr).toBe(0);
    const heard = JSON.parse(stdout) as { text: string; partials: { text: string }[] };
    expect(heard.text.toLowerCase()).toContain('music');
    expect(heard.partials.at(-1)?.text).toBe(heard.text);
  });

  it('hears by a fetched public model under its name, in the precision that it has', async () => {
    const cache = temporaryFolder();
    const name = 'nemotron-3.5-asr-streaming-0.6b-560ms-int8';
    mkdirSync(join(cache, name));
    for (const file of ['encoder.int8.onnx', 'decoder.int8.onnx', 'joiner.int8.onnx', 'tokens.txt'])
      copyFileSync(join(model, file), join(cache, name, file));
    process.env['EARSHOT_CACHE'] = cache;
    const clip = join(corpus, 'audio/en-US-0001.flac');
    const heard = await earshot(['transcribe', clip, '--model', name, '--language', 'en-US']);
    const inspected = await earshot(['models', 'inspect', name]);
    const folder = temporaryFolder();
    const planned = await earshot(['plan', sweep(folder, { model: name })]);
    delete process.env['EARSHOT_CACHE'];
    expect(heard.stdout.toLowerCase(), heard.stderr).toContain('music');
    expect(inspected.stdout).toMatch(/^precision +int8 /m);
    expect(planned.code, planned.stderr).toBe(0);
  });

  it('says what the machine can do, and never the value of a key', async () => {
    const secret = 'not-a-real-key-5f3a';
    process.env['FAL_KEY'] = secret;
    const { code, stdout, stderr } = await earshot(['doctor']);
    delete process.env['FAL_KEY'];
    expect(code).toBe(0);
    expect(stdout).toMatch(/execution provider cpu: ran a graph/);
    expect(stdout).toMatch(/FAL_KEY: set/);
    expect(stdout + stderr).not.toContain(secret);
  });
});

describe('a run that is there', () => {
  interface Cell {
    readonly cell: { readonly language: string; readonly acceleration: string };
    readonly metrics: { readonly wer: { readonly value: number } };
    readonly detectableDifference: number;
  }
  const cellOf = (text: string, language: string, acceleration: string): Cell =>
    (JSON.parse(text) as { cells: Cell[] }).cells.find(
      ({ cell }) => cell.language === language && cell.acceleration === acceleration,
    )!;

  it('is scored against an overlay, when it is made and again when it is reported', async () => {
    const folder = temporaryFolder();
    const first = join(folder, 'first');
    await earshot(['run', sweep(folder), '--out', first, '--limit', '3']);
    const { utterance } = JSON.parse(readFileSync(join(first, 'results.jsonl'), 'utf8').split('\n')[0]!) as {
      utterance: string;
    };
    const overlay = join(folder, 'accepted.yaml');
    writeFileSync(
      overlay,
      JSON.stringify({
        ...{ name: 'accepted', version: 2 },
        entries: [{ utterance, reference: '{Nobody says this / nor this}' }],
      }),
    );
    const without = await earshot(['report', first, '--format', 'json']);
    const later = await earshot(['report', first, '--format', 'json', '--overlay', overlay]);
    expect(later.code, later.stderr).toBe(0);
    expect(later.stderr).toMatch(/overlay accepted@2#[0-9a-f]+: 1 of 1 entries applied/);
    const language = utterance.slice(0, 5);
    const wer = (text: string): number => cellOf(text, language, 'none').metrics.wer.value;
    // A text that nobody said, so that it shows whatever the model hears.
    expect(wer(later.stdout)).toBeGreaterThan(wer(without.stdout));

    const config = sweep(folder);
    writeFileSync(config, `${readFileSync(config, 'utf8')}scoring: { overlay: accepted.yaml }\n`);
    const second = join(folder, 'second');
    const made = await earshot(['run', config, '--out', second, '--limit', '3']);
    expect(made.code, made.stderr).toBe(0);
    const summary = readFileSync(join(second, 'summary.json'), 'utf8');
    expect(JSON.parse(summary)).toMatchObject({ overlay: expect.stringMatching(/^accepted@2#/) as string });
    expect(wer(summary)).toBe(wer(later.stdout));
  });

  it('is a pilot for a plan, in the languages in which its settings differed', async () => {
    const folder = temporaryFolder();
    const pilot = join(folder, 'pilot');
    const config = sweep(folder);
    await earshot(['run', config, '--out', pilot, '--limit', '8']);
    // The pilot's settings differ in German and, as it is told here, in nothing in English.
    const journalFile = join(pilot, 'results.jsonl');
    const records = readFileSync(journalFile, 'utf8').trimEnd().split('\n');
    const told = records.map((line) => {
      const one = JSON.parse(line) as { cell: Cell['cell']; reference: string; utterance: string };
      const { language, acceleration } = one.cell;
      const errs = language === 'de-DE' && acceleration === 'full' && one.utterance.endsWith('1');
      return JSON.stringify({ ...one, text: errs ? 'nichts' : one.reference, partials: null });
    });
    writeFileSync(journalFile, `${told.join('\n')}\n`);

    const planned = await earshot(['plan', config, '--pilot', pilot]);
    expect(planned.code, planned.stderr).toBe(0);
    expect(planned.stdout).toMatch(/in de-DE as the pilot showed/);
    const detects = async (language: string, ...args: string[]): Promise<number> =>
      cellOf((await earshot(['plan', config, '--json', ...args])).stdout, language, 'full').detectableDifference;
    expect(await detects('en-US', '--pilot', pilot)).toBe(await detects('en-US'));
    expect(await detects('de-DE', '--pilot', pilot)).not.toBe(await detects('de-DE'));
  });
});

describe('earshot score', () => {
  const rows = [
    { id: 'a', text: 'one two three four', pred_text: 'one too three', lang: 'en-US', speaker: 's1' },
    { id: 'b', text: 'five six seven', pred_text: 'five six seven', lang: 'en-US', speaker: 's2' },
    { id: 'c', text: 'eight', pred_text: '', lang: 'en-US', speaker: 's3' },
  ];

  function manifest(content: readonly object[]): string {
    const path = join(temporaryFolder(), 'transcripts.jsonl');
    writeFileSync(path, content.map((row) => JSON.stringify(row)).join('\n'));
    return path;
  }

  it('prints the counts and rates of its contract', async () => {
    const { code, stdout, stderr } = await earshot([
      'score',
      manifest(rows),
      '--normalizer',
      'case-punctuation',
      '--json',
    ]);
    expect(code, stderr).toBe(0);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toMatchObject({
      utterances: 3,
      unit: 'word',
      word: {
        hits: 5,
        substitutions: 1,
        deletions: 2,
        insertions: 0,
        referenceLength: 8,
        wer: 3 / 8,
        mer: 3 / 8,
        wip: (5 / 8) * (5 / 6),
      },
      character: { referenceLength: 32 },
      interval: { level: 0.95, resampled: 'speaker' },
    });
    expect(result['normalizer']).toMatch(/^case-punctuation@\d+#[0-9a-f]+$/);
    expect(result['errors']).toMatchObject({
      errors: 3,
      classes: { 'sounds-alike': 1, deletion: 2 },
      confusions: [{ reference: 'two', hypothesis: 'too', count: 1, examples: ['a'] }],
    });
  });

  it('compares with a baseline and names the utterances that only one side has', async () => {
    const better = rows.map((row) => ({ ...row, pred_text: row.text })).slice(0, 2);
    const { code, stdout, stderr } = await earshot(['score', manifest(better), '--against', manifest(rows), '--json']);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/1 utterances are in the baseline only \(c\)/);
    expect(JSON.parse(stdout)).toMatchObject({
      comparison: { pairs: 2, metric: 'wer', baselineRate: 2 / 7, candidateRate: 0 },
    });
  });

  it.each([
    ['not JSON', '{"text": "a"\n', /transcripts\.jsonl:1: not a JSON object/],
    ['no transcript', '{"text": "a", "lang": "en-US"}', /transcripts\.jsonl:1: pred_text/],
    ['no language', '{"text": "a", "pred_text": "a"}', /names no lang; add it or use --language/],
    ['no rows', '\n', /no rows to score/],
  ])('refuses a manifest with %s', async (_, content, message) => {
    const path = join(temporaryFolder(), 'transcripts.jsonl');
    writeFileSync(path, content);
    const { code, stderr } = await earshot(['score', path]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('offers the nearest name for an unknown normalizer', async () => {
    const { code, stderr } = await earshot(['score', manifest(rows), '--normalizer', 'earshott']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/did you mean earshot\?/);
  });
});
