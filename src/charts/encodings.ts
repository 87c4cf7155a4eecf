import type { Acceleration } from '../types.ts';
import { accelerationLabel, accelerationOrder } from './cell-names.ts';

const labels = accelerationOrder.map(accelerationLabel);

/** Legend entries stand on one line where it is wide enough for them. */
const legendColumns = { expr: 'width < 420 ? 2 : 4' };

/**
 * A setting's color. The domain always names all settings, so that a color means the same in every chart of every run;
 * the colors themselves are the theme's first four categories.
 */
export function accelerationColor(present: readonly Acceleration[]) {
  return {
    field: 'acceleration',
    type: 'nominal',
    scale: { domain: labels },
    legend: {
      title: 'Acceleration (chunk length)',
      orient: 'top',
      columns: legendColumns,
      values: accelerationOrder.filter((acceleration) => present.includes(acceleration)).map(accelerationLabel),
    },
  } as const;
}

/** A second sign beside color, for readers who cannot tell the colors apart and for black and white paper. */
export const accelerationShape = {
  field: 'acceleration',
  type: 'nominal',
  scale: { domain: labels, range: ['circle', 'square', 'triangle-up', 'diamond'] },
} as const;

/** The same second sign for lines. */
export const accelerationDash = {
  field: 'acceleration' as const,
  type: 'nominal' as const,
  scale: {
    domain: labels,
    range: [
      [1, 0],
      [8, 3],
      [4, 2],
      [1.5, 2],
    ],
  },
};

/** What every plot shares: it is as wide as its container. */
export const plotFrame = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  width: 'container',
} as const;
