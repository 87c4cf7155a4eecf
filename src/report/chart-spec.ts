import type { TopLevelSpec } from 'vega-lite';
import { type ColorRole, lightPalette, vegaLiteConfig } from '../charts/theme.ts';

/** A plot, ready for the page and for a reader who takes it along. */
export interface CompiledPlot {
  /** A Vega specification whose colors are the page's style properties, so that it follows the page's theme. */
  readonly vega: unknown;
  /** The Vega-Lite specification with literal colors, complete in itself. */
  readonly vegaLite: unknown;
  /** What the compiler had to say; nothing, for a sound specification. */
  readonly warnings: readonly string[];
}

const colorRoles = Object.keys(lightPalette) as ColorRole[];

/** A color of the page's theme as a style sheet names it, such as `--ink-soft`. */
export function colorProperty(role: ColorRole): string {
  return `--${role.replace(/[A-Z0-9]/g, (character) => `-${character.toLowerCase()}`)}`;
}

const pageColors = Object.fromEntries(colorRoles.map((role) => [role, `var(${colorProperty(role)})`])) as Readonly<
  Record<ColorRole, string>
>;

/** Compiles a plot where the report is made, so that the page needs no compiler. */
export async function compilePlot(spec: TopLevelSpec): Promise<CompiledPlot> {
  const { compile } = await import('vega-lite');
  const warnings: string[] = [];
  const logger = {
    warn(...messages: readonly unknown[]) {
      warnings.push(messages.join(' '));
      return this;
    },
    error(...messages: readonly unknown[]) {
      return this.warn(...messages);
    },
    info() {
      return this;
    },
    debug() {
      return this;
    },
    level() {
      return this;
    },
  };
  const { spec: vega } = compile(spec, {
    config: { ...vegaLiteConfig(pageColors), background: 'transparent' },
    logger: logger as unknown as NonNullable<NonNullable<Parameters<typeof compile>[1]>['logger']>,
  });
  return { vega, vegaLite: standaloneSpec(spec), warnings };
}

/** The Vega-Lite specification with literal colors, complete in itself. */
export function standaloneSpec(spec: TopLevelSpec): TopLevelSpec {
  return { ...spec, config: vegaLiteConfig(lightPalette) };
}

/** A Vega specification with the colors of light paper. */
export async function compileForPaper(spec: TopLevelSpec): Promise<unknown> {
  const { compile } = await import('vega-lite');
  return compile(standaloneSpec(spec)).spec;
}
