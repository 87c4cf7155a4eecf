import { inspectModel } from '../engine/inspect-model.ts';
import { MODEL_HUB, publicModels } from '../engine/public-models.ts';
import { embeddedModel } from '../embedded.ts';
import { exitCodes } from './exit-codes.ts';
import { formatTable, type Terminal } from './terminal.ts';

/** The embedded model and the public ones. */
export async function modelsList(
  _target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  const embedded = await inspectModel(embeddedModel);
  const published = publicModels.map((model) => ({ ...model, url: `${MODEL_HUB}/${model.repository}` }));
  if (options['json']) {
    const [first] = embedded;
    const precisions = embedded.map(({ precision }) => precision);
    const embeddedFacts = { folder: embeddedModel, description: first?.description ?? null, precisions };
    terminal.print(JSON.stringify({ embedded: embeddedFacts, public: published }, null, 2));
    return exitCodes.done;
  }
  const embeddedRows = embedded.map(({ chunks, setting, files }) => [
    'embedded (tiny-fastconformer)',
    chunks.map(({ chunkMs }) => chunkMs).join('/'),
    setting,
    mib(files.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20),
    'Apache-2.0',
  ]);
  const rows = published.map(({ name, chunkMs, precision, approximateMib, license }) => [
    name,
    String(chunkMs),
    precision,
    `≈ ${mib(approximateMib)}`,
    license,
  ]);
  const header = ['name', 'chunk (ms)', 'precision', 'size', 'license'];
  terminal.print(formatTable(header, [...embeddedRows, ...rows], ['left', 'right', 'left', 'right', 'left']));
  terminal.print(`\nThe public ones come from ${MODEL_HUB} by: earshot models fetch NAME`);
  return exitCodes.done;
}

function mib(count: number): string {
  return `${count < 10 ? count.toFixed(1) : count.toFixed(0)} MiB`;
}
