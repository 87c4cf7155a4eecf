import { bill, type Bill } from '../report/bill.ts';
import { UserError } from '../errors.ts';
import { streamJournal } from '../journal.ts';
import { readRunInfo, runFiles } from '../run-folder.ts';
import type { ResultRecord } from '../types.ts';
import { example, type CliCommand } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { explainFailure } from './explain-failure.ts';
import { targetOption } from './load-config.ts';
import { formatTable } from './terminal.ts';

const shownMismatches = 10;

export const billCommand: CliCommand = {
  name: 'bill',
  define: (command) =>
    command
      .description('says what the hosted requests of a run cost, and where bills disagree')
      .argument('<run>', 'folder of a run')
      .option('--booked', "ask the host's books too; needs FAL_ADMIN_KEY")
      .option('--target <url>', 'ask this server instead, such as earshot serve')
      .option('--json', 'print the figures as JSON')
      .addHelpText('after', example('earshot bill reports/fal-acceleration-2026-11-23-140000')),

  async execute([folder], options, terminal) {
    const { createdAt } = await readRunInfo(folder as string);
    const records: ResultRecord[] = [];
    for await (const record of streamJournal(runFiles(folder as string).journal)) records.push(record);
    const booked = options['booked']
      ? await askBooks(records, new Date(createdAt), targetOption(options['target'])).catch(explainFailure)
      : null;
    const bills = bill(records, booked);
    if (options['json']) terminal.print(JSON.stringify(bills, null, 2));
    else if (bills.length === 0) terminal.print('No hosted request in this run.');
    else {
      terminal.print(table(bills));
      for (const { backend, unbooked } of bills) {
        if (unbooked !== null && unbooked > 0)
          terminal.print(`${backend}: ${unbooked} requests are not in the host's books (yet); they lag behind`);
      }
      for (const { mismatches } of bills) {
        for (const one of mismatches.slice(0, shownMismatches)) {
          const { utterance, requestId, costUsd, listUsd, bookedUsd } = one;
          const figures = `billed ${usd(costUsd)}, by the list ${usd(listUsd)}, booked ${usd(bookedUsd)}`;
          terminal.print(`${utterance} (${requestId ?? 'no id'}): ${figures}`);
        }
      }
    }
    return exitCodes.done;
  },
};

async function askBooks(
  records: readonly ResultRecord[],
  since: Date,
  target: string | null,
): Promise<ReadonlyMap<string, number>> {
  const key = process.env['FAL_ADMIN_KEY']?.trim() ?? '';
  if (key === '' && target === null) throw new UserError('--booked needs FAL_ADMIN_KEY, an admin key of the account');
  const { billingEvents } = await import('../backends/fal/billing-events.ts');
  const requestIds = records.flatMap(({ hosted }) => (hosted?.requestId ? [hosted.requestId] : []));
  return billingEvents({ requestIds, since, key, target });
}

function table(bills: readonly Bill[]): string {
  const header = [
    'backend',
    'answers',
    'billed',
    'by the list',
    'unknown',
    'failures',
    'billed',
    'unknown',
    'mismatches',
  ];
  const rows = bills.map((row) => [
    row.backend,
    String(row.answers),
    usd(row.answeredUsd),
    usd(row.answeredListUsd),
    String(row.answersOfUnknownCost),
    String(row.failures),
    usd(row.failedUsd),
    String(row.failuresOfUnknownCost),
    String(row.mismatches.length),
  ]);
  return formatTable(header, rows, ['left', ...header.slice(1).map(() => 'right' as const)]);
}

function usd(value: number | null): string {
  return value === null ? '–' : `$${value.toFixed(6)}`;
}
