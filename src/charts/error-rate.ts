import type { Chart } from './chart.ts';
import { intervalPlot } from './interval-plot.ts';

const howToRead =
  'Each point is a pooled rate, all errors divided by all reference tokens; its line is the interval. Lower is better. ' +
  'Settings whose lines overlap widely are not told apart by these data.';

/** Word error rates; languages that are scored in characters are left to {@link characterErrorRate}. */
export const wordErrorRate: Chart = intervalPlot({
  name: 'word-error-rate',
  title: 'Word error rate by language and acceleration',
  question: 'How much accuracy does a shorter chunk cost, in which language?',
  caption: howToRead,
  metric: 'wer',
  unit: 'fraction',
  axisTitle: 'Word error rate',
  axisFormat: '~%',
  shows: (cell) => cell.primaryMetric === 'wer',
});

/** Character error rates of the languages that are written without spaces between words. */
export const characterErrorRate: Chart = intervalPlot({
  name: 'character-error-rate',
  title: 'Character error rate by language and acceleration',
  question: 'How much accuracy does a shorter chunk cost, where text has no spaces between words?',
  caption: `${howToRead} Not comparable with word error rates.`,
  metric: 'cer',
  unit: 'fraction',
  axisTitle: 'Character error rate',
  axisFormat: '~%',
  shows: (cell) => cell.primaryMetric === 'cer',
});
