import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { publicCorpora } from '../corpora/sources/index.ts';
import { exitCodes } from './exit-codes.ts';
import { formatTable, type Terminal } from './terminal.ts';

/** The corpora that can be fetched by their names. */
export function corporaList(
  _target: string | undefined,
  options: Record<string, unknown>,
  terminal: Terminal,
): Promise<number> {
  const corpora = publicCorpora.map(({ name, description, license, homepage, languages, splits, size }) => {
    const folder = join('datasets', name);
    return {
      name,
      description,
      license,
      homepage,
      languages,
      splits,
      size,
      folder: existsSync(folder) ? folder : null,
    };
  });
  if (options['json']) {
    terminal.print(JSON.stringify(corpora, null, 2));
    return Promise.resolve(exitCodes.done);
  }
  const rows = corpora.map(({ name, languages, splits, size, license, folder }) => [
    name,
    languages.length > 3 ? `${languages.length} locales` : languages.join(', '),
    splits[0]!,
    size,
    license,
    folder ?? '–',
  ]);
  const header = ['name', 'languages', 'first split', 'size', 'license', 'fetched to'];
  terminal.print(
    formatTable(
      header,
      rows,
      header.map(() => 'left'),
    ),
  );
  terminal.print(
    '\nAny other corpus is measured on where it lies: earshot corpora inspect PATH says what is recognized.',
  );
  return Promise.resolve(exitCodes.done);
}
