import type { MeasurableRecord, Metric } from '../metric.ts';
import { quantile } from '../../stats/quantiles.ts';

/** What a metric makes of records, without its interval. */
export function valueOf(metric: Metric, records: readonly MeasurableRecord[], planned = records.length): number | null {
  switch (metric.kind) {
    case 'sums': {
      const terms = records.map((record) => metric.terms(record)).filter((vector) => vector !== null);
      const sums = (terms[0] ?? []).map((_, k) => terms.reduce((sum, vector) => sum + vector[k]!, 0));
      return terms.length === 0 ? null : metric.value(sums);
    }
    case 'quantile':
      return quantile(records.flatMap((record) => metric.samples(record)).sort((a, b) => a - b), metric.quantile);
    case 'cell':
      return metric.value(records, planned);
  }
}
