import type { Chart } from './chart.ts';
import { intervalPlot } from './interval-plot.ts';

/** Processing time over audio time, per cell. */
export const realTimeFactor: Chart = intervalPlot({
  name: 'real-time-factor',
  title: 'Real-time factor by language and acceleration',
  question: 'How much computing does a shorter chunk cost?',
  caption:
    'Processing time divided by audio time: below 1 the recognizer keeps up with live speech. Where requests follow each ' +
    'other on one processor, 0.1 means that it could follow ten speakers; where several are in flight or the recognizer ' +
    'is hosted, the time holds their waiting for each other and for the network. Lower is better.',
  metric: 'rtf',
  unit: 'ratio',
  axisTitle: 'Real-time factor',
  axisFormat: '~g',
  shows: () => true,
});
