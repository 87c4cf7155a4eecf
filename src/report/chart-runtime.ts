import { readFile } from 'node:fs/promises';
import { invariant } from '../errors.ts';

/** The scripts that draw charts in a page: they define `vega` and `vegaExpressionInterpreter`. */
export async function readChartRuntime(): Promise<readonly string[]> {
  const [vega, interpreter] = await Promise.all([
    // The package exports only its ES modules; the bundle lies beside them.
    readFile(new URL('vega.min.js', import.meta.resolve('vega')), 'utf8'),
    readFile(new URL(import.meta.resolve('vega-interpreter')), 'utf8'),
  ]);
  return [inlineScript(vega), inlineScript(asClassicScript(interpreter))];
}

/** Turns the interpreter's module, which imports a few functions that `vega` re-exports, into a classic script. */
function asClassicScript(module: string): string {
  const script = module
    .replace(/^import \{([^}]*)\} from 'vega-util';$/m, 'const {$1} = vega;')
    .replace(
      /^export \{ expression as expressionInterpreter \};$/m,
      'globalThis.vegaExpressionInterpreter = expression;',
    );
  invariant(!/^(?:import|export)\b/m.test(script), 'the module format of vega-interpreter has changed');
  return `(() => {\n${script}\n})();`;
}

/** No text of a script may end its element, and there is no source map to look for. */
function inlineScript(script: string): string {
  invariant(!/<\/script|<!--/i.test(script), 'a script of vega would end its element');
  return script.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}
