import type { Acceleration } from '../types.ts';
import { accelerationLabel, accelerationOrder } from './cell-names.ts';

const shapes = ['circle', 'square', 'triangle-up', 'diamond'];
const labels = accelerationOrder.map(accelerationLabel);

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
      titleLimit: 0,
      orient: 'top',
      // On one line, where it is wide enough for that.
      columns: { expr: 'width < 260 ? 1 : width < 640 ? 2 : 4' },
      values: accelerationOrder.filter((acceleration) => present.includes(acceleration)).map(accelerationLabel),
    },
  } as const;
}

/** The same with a legend that fits above a small panel. */
export function smallAccelerationColor(present: readonly Acceleration[]) {
  const color = accelerationColor(present);
  const legend = { ...color.legend, title: null, columns: 4, labelExpr: "split(datum.label, ' ')[0]" };
  return { ...color, legend };
}

/** A second sign beside color, for readers who cannot tell the colors apart and for black and white paper. */
export const accelerationShape = {
  field: 'acceleration',
  type: 'nominal',
  scale: { domain: labels, range: shapes },
} as const;

/** Shapes for what varies besides language and acceleration; the accelerations then need another second sign. */
export function surroundingsShape(names: readonly string[]) {
  return {
    field: 'surroundings',
    type: 'nominal',
    scale: { domain: [...names], range: [...shapes, 'cross', 'triangle-down'] },
    legend: { title: null, orient: 'bottom', columns: 2, labelLimit: 140, offset: 4 },
  } as const;
}

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

/** An axis from 0; where all values are 0 it still has a length. */
export function scaleFromZero(values: readonly number[]) {
  return values.some((value) => value !== 0) ? { zero: true } : { domain: [0, 0.05] };
}

/** What every plot shares: it is as wide as its container. */
export const plotFrame = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  width: 'container',
} as const;

/** A color per series other than accelerations; no legend for a single one. */
export function seriesColor(names: readonly string[]) {
  return {
    field: 'surroundings',
    type: 'nominal',
    scale: { domain: [...names] },
    legend: names.length > 1 ? { title: null, orient: 'top', columns: 2, labelLimit: 140, offset: 4 } : null,
  } as const;
}
