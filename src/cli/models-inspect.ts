import { modelFolder } from '../engine/model-folder.ts';
import { inspectModel, type ModelFacts } from '../engine/inspect-model.ts';
import { UserError } from '../errors.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** What a model folder holds. */
export async function modelsInspect(
  target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  if (target === undefined) throw new UserError('models inspect: name a model, or its folder');
  const sets = await inspectModel(modelFolder(target, process.cwd()));
  if (options['json']) terminal.print(JSON.stringify(sets, null, 2));
  else terminal.print(sets.map((facts) => describe(facts, terminal)).join('\n\n'));
  return exitCodes.done;
}

function describe(facts: ModelFacts, terminal: Terminal): string {
  const bytes = facts.files.reduce((sum, file) => sum + file.bytes, 0);
  const chunks = facts.chunks.map(
    ({ chunkMs, lookAhead, acceleration }) =>
      `${chunkMs} ms (look-ahead ${lookAhead}${acceleration === null ? '' : `, ${acceleration}`})`,
  );
  const languages = [...(facts.languages ?? ['not told']), ...(facts.supportsAuto ? ['auto'] : [])];
  const rows: [string, string][] = [
    ['contract', facts.layout],
    ['precision', `${facts.precision ?? 'no weights'} (precision: ${facts.setting})`],
    ['chunks', chunks.join(', ')],
    ['languages', languages.join(', ')],
    ['left context', `${facts.leftContext} frames of 80 ms`],
    ['vocabulary', `${facts.pieces} pieces and the blank`],
    ['features', `${facts.melCount} mel bands, ${facts.floatType}, ${facts.takesTimeFirst ? 'time' : 'band'} first`],
    ['size', `${mebibytes(bytes)}: ${facts.files.map((file) => `${file.name} ${mebibytes(file.bytes)}`).join(', ')}`],
    ...facts.warnings.map((warning): [string, string] => ['warning', warning]),
  ];
  const graphs = facts.graphs.flatMap(({ file, inputs, outputs }) => [
    terminal.dim(file),
    ...inputs.map((value) => `  → ${valueText(value)}`),
    ...outputs.map((value) => `  ← ${valueText(value)}`),
  ]);
  return [
    terminal.bold(facts.description),
    ...rows.map(([title, text]) => `${title.padEnd(14)}${text}`),
    ...graphs,
  ].join('\n');
}

function valueText({ name, type, shape }: ModelFacts['graphs'][number]['inputs'][number]): string {
  return `${name} ${type} [${shape.map((size) => size ?? '?').join(', ')}]`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(2)} MiB`;
}
