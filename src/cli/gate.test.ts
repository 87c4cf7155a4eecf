import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { earshot as runEarshot } from './__fixtures__/earshot.ts';
import { degradeModel } from '../../reports/sample/degrade-model.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const model = join(root, 'models/tiny-fastconformer');
const folder = mkdtempSync(join(tmpdir(), 'earshot-gate-'));
const inFolder = (name: string): string => join(folder, name);

const earshot = (...args: readonly string[]) => runEarshot(args);

async function measure(
  name: string,
  modelFolder: string,
  { acceleration = 'none', more = [] }: { readonly acceleration?: string; readonly more?: readonly string[] } = {},
): Promise<void> {
  const config = inFolder(`${name}.yaml`);
  writeFileSync(
    config,
    `name: nightly
corpora: { speech: { path: ${join(root, 'datasets/spoken-commands')} } }
backends: { tiny: { kind: onnx, model: ${modelFolder} } }
matrix: { language: en-US, acceleration: ${acceleration} }
`,
  );
  const { code, stderr } = await earshot('run', config, '--out', inFolder(name), ...more);
  expect(code, stderr).toBe(0);
}

const nulls = Array.from({ length: 40 }, () => 'null').join();
const rules = inFolder('rules.yaml');
const lenient = inFolder('lenient.yaml');
const baseline = inFolder('baseline.json');

beforeAll(async () => {
  degradeModel(model, inFolder('noisy-model'), 0.5);
  await measure('main', model);
  await measure('same', model);
  await measure('degraded', inFolder('noisy-model'));
  await measure('short', model, { more: ['--limit', '6'] });
  await measure('both', model, { acceleration: '[none, high]', more: ['--limit', '6'] });
  writeFileSync(lenient, 'thresholds: [{ metric: coverage, min: 0 }]\nregression: { marginPoints: 90 }\n');
  writeFileSync(rules, 'thresholds: [{ metric: coverage, min: 1 }]\nregression: { marginPoints: 3 }\n');
  expect((await earshot('gate', inFolder('main'), '--write-baseline', baseline)).code).toBe(0);
}, 120_000);

describe('earshot compare', () => {
  it.each([
    ['table', /^en-US\s·\snone .* worse by more than 3\.0 points$/m],
    ['markdown', /^\| en-US\s·\snone \|.*\| worse by more than 3\.0 points \|$/m],
    ['csv', /^en-US,none,tiny,.*,worse,wer,40,0,/m],
    ['junit', /<testsuite name="nightly" tests="1" failures="1" skipped="0">/],
    ['json', /"answer": "worse"/],
    ['html', /<title>nightly against nightly/],
  ])('gives one verdict as %s', async (format, found) => {
    const { code, stdout } = await earshot(
      ...['compare', inFolder('main'), inFolder('degraded'), '--margin', '3', '--format', format],
    );
    expect(stdout).toMatch(found);
    expect(code).toBe(0);
  });

  it('names the formats that there are', async () => {
    const refused = await earshot('compare', inFolder('main'), inFolder('degraded'), '--format', 'pdf');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('--format pdf: use table, html, markdown, csv, json, junit');
  });
});

describe('earshot history', () => {
  it('names the run that errors changed with, and spells out what its name would do to a terminal', async () => {
    const names = { main: '1', same: '2', degraded: '3\u202e\u001b[2J' };
    for (const [name, copy] of Object.entries(names)) {
      cpSync(inFolder(name), join(inFolder('history'), copy), { recursive: true });
    }
    const { code, stdout } = await earshot('history', inFolder('history'), '--out', inFolder('history.html'));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^errorRate changed with 3<U\+202E><U\+001B>\[2J in en-US\s·\snone: .*model files of tiny: .* → .*\n$/,
    );
  });
});

describe('earshot gate', () => {
  it('passes the same model against a small file', async () => {
    expect(readFileSync(baseline).length).toBeLessThan(8_000);
    const { code, stdout } = await earshot('gate', inFolder('same'), '--baseline', baseline, '--rules', rules);
    expect(stdout).toContain('Passed: all of 2 checks hold.');
    expect(stdout).toContain('40 of 40 transcripts alike');
    expect(code).toBe(0);
  });

  it('fails a degraded model, in every form', async () => {
    const [junit, markdown] = [inFolder('gate.xml'), inFolder('gate.md')];
    const { code, stdout, stderr } = await earshot(
      ...['gate', inFolder('degraded'), '--baseline', baseline, '--rules', rules],
      ...['--junit', junit, '--markdown', markdown, '--github'],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^failed\s+en-US\s·\snone\s+not worse by 3\.0 points/m);
    expect(stdout).toMatch(/^::error title=nightly gate%3A en-US/m);
    expect(stderr).toMatch(/model files of tiny: [0-9a-f]{12} → [0-9a-f]{12}/);
    expect(readFileSync(junit, 'utf8')).toContain('failures="1"');
    expect(readFileSync(markdown, 'utf8')).toContain('**Failed: 1 of 2 checks failed.**');
  });

  it('is undecided on too little speech, and ends as the rules say', async () => {
    const args = ['gate', inFolder('short'), '--baseline', baseline, '--rules'];
    const open = await earshot(...args, rules);
    expect(open.stdout).toContain('only 6 of the 40 utterances');
    expect(open.code).toBe(4);
    const strict = inFolder('strict.yaml');
    writeFileSync(strict, 'undecided: fail\n');
    expect((await earshot(...args, strict)).code).toBe(1);
    const tiny = await earshot('gate', inFolder('short'), '--baseline', inFolder('short'), '--rules', rules);
    expect(tiny.stdout).toContain('too little speech to tell');
    expect(tiny.code).toBe(4);
  });

  it.each([
    ['the run does not have', 'both:acceleration=none', 'both', /the baseline has this cell and the run does not/],
    ['the baseline does not have', 'both', 'both:acceleration=none', /the run has this cell and the baseline does not/],
  ])('shows in every form a cell that %s', async (_, run, against, finding) => {
    const forms = { junit: inFolder('cells.xml'), markdown: inFolder('cells.md'), html: inFolder('cells.html') };
    const { code, stdout } = await earshot(
      ...['gate', inFolder(run), '--baseline', inFolder(against), '--rules', lenient],
      ...Object.entries(forms).flatMap(([form, file]) => [`--${form}`, file]),
    );
    expect(stdout).toMatch(/^undecided\s+en-US\s·\shigh /m);
    for (const text of [stdout, ...Object.values(forms).map((file) => readFileSync(file, 'utf8'))]) {
      expect(text).toMatch(finding);
    }
    expect(code).toBe(4);
  });

  it('never passes where nothing was compared', async () => {
    const others = inFolder('others.json');
    await earshot('gate', inFolder('both'), '--write-baseline', others);
    writeFileSync(
      others,
      readFileSync(others, 'utf8')
        .replaceAll('"acceleration":"none"', '"acceleration":"regular"')
        .replaceAll('"acceleration":"high"', '"acceleration":"full"'),
    );
    const refused = await earshot(
      ...['gate', inFolder('both'), '--baseline', others, '--rules', lenient],
      ...['--junit', inFolder('nothing.xml')],
    );
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/no cell of .*both has one counterpart in .*others\.json, which has en-US/);
    expect(existsSync(inFolder('nothing.xml'))).toBe(false);
    const silent = inFolder('silent.json');
    writeFileSync(silent, readFileSync(baseline, 'utf8').replace(/"errors":\[[^\]]*\]/, `"errors":[${nulls}]`));
    const allows = inFolder('allows.yaml');
    writeFileSync(allows, 'undecided: pass\n');
    const open = await earshot('gate', inFolder('same'), '--baseline', silent, '--rules', allows);
    expect(open.stdout).toContain('only 0 of the 0 utterances');
    expect(open.code).toBe(4);
  });

  it('writes nothing when it cannot write the page', async () => {
    const [junit, html] = [inFolder('early.xml'), inFolder('early.html')];
    const { code, stderr } = await earshot(
      ...['gate', inFolder('same'), '--rules', rules, '--junit', junit, '--html', html],
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/--html draws a comparison; give --baseline too/);
    expect(existsSync(junit)).toBe(false);
  });

  it('refuses what it cannot judge in one line', async () => {
    const same = inFolder('same');
    const other = inFolder('other.yaml');
    writeFileSync(other, 'thresholds:\n  - { metric: wer, max: 0.1, language: de-DE }\n');
    const rescored = inFolder('rescored.json');
    writeFileSync(rescored, readFileSync(baseline, 'utf8').replace(/earshot@\d+#[0-9a-f]+/, 'raw@1#0'));
    for (const [args, message] of [
      [[same], /nothing to judge by; give --baseline/],
      [[same, '--baseline', baseline, '--rules', other], /other\.yaml:2:5: thresholds\.0: about no cell of the run/],
      [[same, '--baseline', rescored], /scored with the normalizer raw@1#0 and .* with earshot@/],
    ] as const) {
      const { code, stdout, stderr } = await earshot('gate', ...args);
      expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(message);
    }
  });
});
