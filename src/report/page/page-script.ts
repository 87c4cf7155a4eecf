import { showCharts } from './show-charts.ts';
import { sortTables } from './sort-tables.ts';

/** The page's own script, after the Vega bundle. The functions are written out as the compiler left them. */
export function pageScript(): string {
  return `'use strict';\n${[sortTables, showCharts].map((start) => `(${start.toString()})(window);`).join('\n')}`;
}
