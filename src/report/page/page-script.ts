import { recommend } from '../choice/recommend.ts';
import { explainNumbers } from './explain-numbers.ts';
import { moveLimits } from './move-limits.ts';
import { showCharts } from './show-charts.ts';
import { sortTables } from './sort-tables.ts';

/** The page's own script, after the Vega bundle. The functions are written out as the compiler left them. */
export function pageScript(): string {
  const starts = [
    `(${sortTables.toString()})(window);`,
    `(${explainNumbers.toString()})(window);`,
    `(${moveLimits.toString()})(window, ${recommend.toString()});`,
    `(${showCharts.toString()})(window);`,
  ];
  return `'use strict';\n${starts.join('\n')}`;
}
