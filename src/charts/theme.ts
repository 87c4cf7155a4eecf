import type { Config } from 'vega-lite';

/** What a color is for. */
export type ColorRole = 'ink' | 'inkSoft' | 'rule' | 'paper' | 'series1' | 'series2' | 'series3' | 'series4';

type Palette = Readonly<Record<ColorRole, string>>;

// The series are hues of Okabe and Ito that stand out by at least 3:1 from the paper: blue, vermilion, green, purple.
/** Colors on light paper. */
export const lightPalette: Palette = {
  ink: '#1b1f24',
  inkSoft: '#57606a',
  rule: '#d5dae0',
  paper: '#ffffff',
  series1: '#0072b2',
  series2: '#d55e00',
  series3: '#00875f',
  series4: '#b3568f',
};

/** Colors on dark paper. */
export const darkPalette: Palette = {
  ink: '#e8eaed',
  inkSoft: '#a9b1ba',
  rule: '#3a414a',
  paper: '#15181c',
  series1: '#56b4e9',
  series2: '#f0914d',
  series3: '#2bc093',
  series4: '#dd94bd',
};

/** A Vega-Lite configuration in the given colors: literal ones, or references to a page's style properties. */
export function vegaLiteConfig(colors: Palette): Config {
  const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  return {
    font,
    background: colors.paper,
    range: { category: [colors.series1, colors.series2, colors.series3, colors.series4] },
    view: { stroke: colors.rule },
    axis: {
      labelColor: colors.inkSoft,
      titleColor: colors.ink,
      gridColor: colors.rule,
      domainColor: colors.rule,
      tickColor: colors.rule,
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 600,
    },
    legend: {
      labelColor: colors.ink,
      titleColor: colors.inkSoft,
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      symbolSize: 80,
      symbolBaseFillColor: colors.inkSoft,
      symbolBaseStrokeColor: colors.inkSoft,
    },
    header: { labelColor: colors.ink, titleColor: colors.ink, labelFontSize: 11 },
    style: {
      reference: { color: colors.inkSoft },
      band: { color: colors.rule, opacity: 0.6 },
      cell: { color: colors.series1 },
      label: { color: colors.ink, fontSize: 12 },
      published: { color: colors.ink },
      remark: { color: colors.inkSoft, fontSize: 10 },
    },
  };
}
