import type { Chart } from './chart.ts';
import { intervalPlot } from './interval-plot.ts';

/** Processing time over audio time, per cell. */
export const realTimeFactor: Chart = intervalPlot({
  name: 'real-time-factor',
  title: 'Real-time factor by language and acceleration',
  question: 'How much computing does a shorter chunk cost?',
  caption:
    'Processing time divided by audio time: below 1 the recognizer keeps up with live speech, and 0.1 means that ' +
    'one processor could follow ten speakers. Lower is better.',
  metric: 'rtf',
  unit: 'ratio',
  axisTitle: 'Real-time factor',
  axisFormat: '~g',
  shows: () => true,
});
