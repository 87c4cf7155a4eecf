// Shows a gate passing the model it knows and failing a degraded one, with every page: npm run sample:gate
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { degradeModel } from './degrade-model.mjs';

const folder = 'reports/sample/run-gate';
const runs = `${folder}/runs`;
const model = 'models/tiny-fastconformer';
const [baseline, rules, degraded] = ['baseline.json', 'rules.yaml', 'degraded.yaml'].map((name) => `${folder}/${name}`);

rmSync(folder, { recursive: true, force: true });
mkdirSync(runs, { recursive: true });
degradeModel(model, `${folder}/degraded-model`, 0.35);
// The quickstart's corpus has about 250 words a language, too few to tell less than some points apart.
writeFileSync(rules, 'regression: { marginPoints: 4 }\n');
writeFileSync(
  degraded,
  readFileSync('configs/quickstart.yaml', 'utf8')
    .replaceAll('../models/tiny-fastconformer', resolve(folder, 'degraded-model'))
    .replaceAll('../datasets', resolve('datasets')),
);

const part = ['--only', 'backend=tiny-fp32', '--quiet', '--out'];
earshot(0, 'run', 'configs/quickstart.yaml', ...part, `${runs}/1-quickstart`);
earshot(0, 'run', 'configs/quickstart.yaml', ...part, `${runs}/2-same-model`);
earshot(0, 'run', degraded, ...part, `${runs}/3-degraded-model`);
earshot(0, 'gate', `${runs}/1-quickstart`, '--write-baseline', baseline);
gate(0, '2-same-model', baseline);
gate(1, '3-degraded-model', baseline);
// Against the folder of a run, the page shows both transcripts beside each other.
gate(1, '3-degraded-model', `${runs}/1-quickstart`, '--html', `${folder}/gate.html`);
earshot(0, 'history', runs, '--out', `${folder}/history.html`);
earshot(0, 'explain', `${runs}/1-quickstart`, `${runs}/3-degraded-model`, '--out', `${folder}/explain.html`);

function gate(expected, run, against, ...more) {
  earshot(expected, 'gate', `${runs}/${run}`, '--baseline', against, '--rules', rules, ...more);
}

/** Runs the command and ends with an error unless it ends with the expected code. */
function earshot(expected, ...args) {
  console.log(`\n$ earshot ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], { stdio: 'inherit' });
  console.log(`exit code ${status}`);
  if (status === expected) return;
  console.error(`expected exit code ${expected}`);
  process.exit(70);
}
