import type { ErrorAnalysis } from '../analysis/analysis.ts';
import type { ReportInput } from '../types.ts';
import type { ReportOptions } from './html.ts';

/** The summary with what was compared and analyzed, as in `summary.json`. */
export function renderJson({ summary }: ReportInput, options: ReportOptions = {}): string {
  const { comparisons, analysis, sensitivity } = options;
  const content = {
    ...summary,
    ...(comparisons && { comparisons }),
    ...(analysis && { errors: errorFigures(analysis) }),
    ...(sensitivity && { sensitivity }),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Counts by class and sign; the lists of single errors, which would make most of the file, are left out. */
function errorFigures({ cells, unknownLanguages }: ErrorAnalysis) {
  return {
    cells: cells.map(({ cell, utterances, errors, classes, hallucinated, hallucinations }) => ({
      ...{ cell, utterances, errors, classes, hallucinated, hallucinations },
    })),
    unknownLanguages,
  };
}
