import { analyzeCommand } from './analyze-command.ts';
import { billCommand } from './bill-command.ts';
import type { CliCommand } from './command.ts';
import { compareCommand } from './compare-command.ts';
import { corporaCommand } from './corpora-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { explainCommand } from './explain-command.ts';
import { gateCommand } from './gate-command.ts';
import { historyCommand } from './history-command.ts';
import { modelsCommand } from './models-command.ts';
import { normalizeCommand } from './normalize-command.ts';
import { planCommand } from './plan-command.ts';
import { probeCommand } from './probe-command.ts';
import { reportCommand } from './report-command.ts';
import { runCommand } from './run-command.ts';
import { schemaCommand } from './schema-command.ts';
import { scoreCommand } from './score-command.ts';
import { serveCommand } from './serve-command.ts';
import { transcribeCommand } from './transcribe-command.ts';

/** Every subcommand, in the order of the help. */
export const commands: readonly CliCommand[] = [
  runCommand,
  planCommand,
  reportCommand,
  analyzeCommand,
  explainCommand,
  compareCommand,
  gateCommand,
  historyCommand,
  scoreCommand,
  normalizeCommand,
  transcribeCommand,
  serveCommand,
  billCommand,
  probeCommand,
  corporaCommand,
  modelsCommand,
  doctorCommand,
  schemaCommand,
];
