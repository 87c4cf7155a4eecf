import { usdText } from '../charts/number-text.ts';
import { gatherFacts, leftOutRows } from '../facts.ts';
import { designFrom, plan, total, type Plan } from '../plan.ts';
import { readRun } from '../read-run.ts';
import { DEFAULT_DESIGN } from '../stats/sample-size.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { countOption, loadConfig } from './load-config.ts';
import { duration } from './progress.ts';
import { formatTable, type Terminal } from './terminal.ts';

export const planCommand: CliCommand = {
  name: 'plan',
  define: (command) =>
    command
      .description('shows what a sweep would do, cost and be able to see; spends nothing')
      .argument('<config>', 'a sweep in YAML')
      .option('--limit <n>', 'utterances per cell')
      .option('--pilot <run>', 'an earlier run that shows how much its settings differ, by language')
      .option('--json', 'print the plan as JSON')
      .addHelpText('after', example('earshot plan configs/quickstart.yaml')),

  async execute([path], options, terminal) {
    const { config, folder } = await loadConfig(path as string);
    const limit = countOption('--limit', options['limit']);
    const facts = await gatherFacts(limit === null ? config : { ...config, limit }, {
      folder,
      environment: process.env,
      mayAssume: true,
    });
    const pilotRun = options['pilot'] as string | undefined;
    const pilot = pilotRun === undefined ? [] : (await readRun(pilotRun)).comparisons;
    const planned = plan(config, facts, pilot);
    if (options['json']) {
      terminal.print(
        JSON.stringify(
          { name: config.name, ...planned, totals: totals(planned), assumedCorpora: [...facts.assumed.keys()] },
          null,
          2,
        ),
      );
    } else {
      const languages = new Set(planned.cells.map(({ cell }) => cell.language));
      printPlan(
        planned,
        [...languages].filter((language) => designFrom(pilot, language) !== null),
        terminal,
      );
      for (const line of leftOutRows(facts)) terminal.print(line);
      for (const [name, remedy] of facts.assumed) {
        terminal.print(`corpus ${name} is not there: what it holds is assumed by the sweep; ${remedy}`);
      }
    }
    return exitCodes.done;
  },
};

function totals({ cells }: Plan) {
  return {
    utterances: cells.reduce((sum, cell) => sum + cell.utterances, 0),
    audioSeconds: cells.reduce((sum, cell) => sum + cell.audioSeconds, 0),
    estimatedUsd: total(cells.map((cell) => cell.estimatedUsd)),
    estimatedSeconds: total(cells.map((cell) => cell.estimatedSeconds)),
  };
}

function printPlan(planned: Plan, piloted: readonly string[], terminal: Terminal): void {
  const rows = planned.cells.map(
    ({ cell, utterances, audioSeconds, estimatedUsd, estimatedSeconds, detectableDifference }) => [
      cell.language,
      cell.acceleration,
      cell.backend,
      cell.corpus,
      cell.languageHint,
      cell.concurrency === undefined ? '–' : String(cell.concurrency),
      String(utterances),
      (audioSeconds / 60).toFixed(1),
      usdText(estimatedUsd),
      seconds(estimatedSeconds),
      detectableDifference === null ? '–' : `${(detectableDifference * 100).toFixed(1)} pp`,
    ],
  );
  const header = [
    'language',
    'acceleration',
    'backend',
    'corpus',
    'hint',
    'at once',
    'utterances',
    'minutes',
    'cost',
    'time',
    'detects',
  ];
  terminal.print(
    formatTable(
      header,
      rows,
      header.map((_, column) => (column < 6 ? 'left' : 'right')),
    ),
  );
  const sum = totals(planned);
  terminal.print(
    `\n${planned.cells.length} cells, ${sum.utterances} utterances, ${(sum.audioSeconds / 3600).toFixed(2)} h of audio; ` +
      `estimated cost ${usdText(sum.estimatedUsd)}, time ${seconds(sum.estimatedSeconds)}`,
  );
  terminal.print(
    '“detects”: the smallest difference between two settings, in percentage points of the primary error rate, found with 80 % ' +
      `power at the 5 % level, assuming that just one of them errs on ${DEFAULT_DESIGN.disagreement * 100} % of the words and ` +
      `a design effect of ${DEFAULT_DESIGN.designEffect}${piloted.length === 0 ? '' : `; in ${piloted.join(', ')} as the pilot showed`}.`,
  );
  for (const { cell, reason } of planned.skipped) {
    terminal.print(`skipped ${cell.language} × ${cell.acceleration} × ${cell.backend}: ${reason}`);
  }
}

function seconds(value: number | null): string {
  return value === null ? '–' : duration(value);
}
