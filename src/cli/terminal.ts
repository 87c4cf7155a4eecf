import { styleText } from 'node:util';
import { inertText } from './inert-text.ts';

/** How a command speaks: results on stdout, everything else on stderr. */
export interface Terminal {
  readonly color: boolean;
  readonly quiet: boolean;
  /** A result. */
  print(text: string): void;
  /** A remark for the person who watches; silent with `--quiet`. */
  note(text: string): void;
  /** An error; never silent. */
  complain(text: string): void;
  bold(text: string): string;
  dim(text: string): string;
}

export function createTerminal(options: { readonly quiet: boolean; readonly color: boolean }): Terminal {
  const color = options.color && process.stdout.isTTY && !process.env['NO_COLOR'];
  const styled = (style: 'bold' | 'dim', text: string) => (color ? styleText(style, text) : text);
  return {
    color,
    quiet: options.quiet,
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => {
      if (!options.quiet) process.stderr.write(`${text}\n`);
    },
    complain: (text) => void process.stderr.write(`${text}\n`),
    bold: (text) => styled('bold', text),
    dim: (text) => styled('dim', text),
  };
}

/** Columns padded to their widest entry; numbers to the right, which `align` says per column. */
export function formatTable(
  header: readonly string[],
  entries: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
): string {
  const rows = entries.map((row) => row.map(inertText));
  const widths = header.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column]!)].map(displayWidth)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => {
        const padding = ' '.repeat(widths[column]! - displayWidth(text));
        return align[column] === 'right' ? padding + text : text + padding;
      })
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Terminal columns: East Asian wide characters take two, combining marks none. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
      character,
    )
      ? 2
      : 1;
  }
  return width;
}
