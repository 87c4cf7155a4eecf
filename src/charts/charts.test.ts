import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { comparisons } from '../report/__fixtures__/comparisons.ts';
import { reportInput } from '../report/__fixtures__/report-input.ts';
import { compilePlot } from '../report/chart-spec.ts';
import { inRealTime } from '../report/__fixtures__/in-real-time.ts';
import { underLoad } from '../report/__fixtures__/under-load.ts';
import type { Chart } from './chart.ts';
import { errorDifference } from './error-difference.ts';
import { drawHistory } from './history.ts';
import { chartsOf } from './index.ts';
import { marginText } from './number-text.ts';

const schema = new URL('vega-lite-schema.json', import.meta.resolve('vega-lite'));
const isVegaLite = new Ajv({ strict: false, validateFormats: false, code: { optimize: false } }).compile(
  JSON.parse(readFileSync(schema, 'utf8')) as object,
);

/** One chart shows what another sweep than that of the others varies. */
function inputOf({ name }: Chart, options: { readonly hostile?: boolean } = {}) {
  if (name === 'stream-capacity') return inRealTime(reportInput(options));
  return name === 'load' ? underLoad(reportInput(options)) : reportInput(options);
}

/** The view of several runs, held to the same as the charts of one: each cell over three runs, the last one changed. */
const historyChart: Chart = {
  name: 'history',
  title: 'Error rate',
  question: 'When did it change?',
  draw: ({ summary, run }) =>
    drawHistory(
      'Error rate',
      'fraction',
      summary.cells.slice(0, 3).flatMap(({ cell, metrics, primaryMetric }) => {
        const estimate = metrics[primaryMetric]!;
        const folders = ['first', cell.corpus, cell.backend];
        return {
          name: `${cell.language} ${cell.corpus}`,
          points: folders.map((folder) => ({ folder, createdAt: run.createdAt, estimate })),
          changedIn: [cell.backend],
        };
      }),
    ),
};

/** The literal colors of a compiled plot's marks. */
function markColors(node: unknown, key = ''): readonly string[] {
  if (node === null || typeof node !== 'object') return [];
  const own = 'value' in node && (key === 'fill' || key === 'stroke') ? [String(node.value)] : [];
  return [...own, ...Object.entries(node).flatMap(([name, inner]) => markColors(inner, name))];
}

describe.each([...chartsOf({ comparisons: comparisons(), fronts: {} }), historyChart])('chart $name', (chart) => {
  it('has no color that stays as it is when the page turns dark', async () => {
    for (const { spec } of chart.draw(inputOf(chart))?.panels ?? []) {
      const colors = markColors((await compilePlot(spec)).vega);
      expect(colors.filter((color) => !/^var\(--|^transparent$/.test(color))).toEqual([]);
    }
  });

  it('draws the fixture sweep without a warning from the compiler', async () => {
    const drawn = chart.draw(inputOf(chart));
    expect(drawn?.panels.length).toBeGreaterThan(0);
    for (const { spec } of drawn?.panels ?? []) expect((await compilePlot(spec)).warnings).toEqual([]);
  });

  it('draws what the schema of Vega-Lite allows', () => {
    for (const { spec } of chart.draw(inputOf(chart))?.panels ?? []) {
      isVegaLite(spec);
      expect(isVegaLite.errors ?? []).toEqual([]);
    }
  });

  it('draws hostile names without a warning', async () => {
    for (const { spec } of chart.draw(inputOf(chart, { hostile: true }))?.panels ?? []) {
      expect((await compilePlot(spec)).warnings).toEqual([]);
    }
  });

  it('has a row in its table for what it draws, as wide as its head', () => {
    const table = chart.draw(inputOf(chart))?.table;
    expect(table?.rows.length).toBeGreaterThan(0);
    for (const row of table?.rows ?? []) expect(row).toHaveLength(table?.columns.length ?? 0);
  });
});

describe('the check against the schema of Vega-Lite', () => {
  it('finds what is wrong', () => {
    expect(isVegaLite({ data: { values: [] }, mark: 'banana' })).toBe(false);
  });
});

describe('a run without results', () => {
  const input = reportInput();
  const nothing = { ...input, summary: { ...input.summary, cells: [] }, records: [] };

  it.each(chartsOf({ comparisons: [], fronts: {} }))('has nothing for chart $name to show', (chart) => {
    expect(chart.draw(nothing)).toBeNull();
  });
});

describe('differences of error rates', () => {
  const bandsOf = (margins: readonly number[]) => {
    const known = comparisons().filter(({ difference }) => difference !== null);
    const given = known.slice(0, margins.length).map((comparison, i) => ({ ...comparison, margin: margins[i]! }));
    const [panel] = errorDifference(given).draw(reportInput())!.panels;
    const [band] = (panel!.spec as { layer: { data: { values: { low: number; high: number }[] } }[] }).layer;
    return band!.data.values.map(({ low, high }) => [low, high]);
  };

  it('lie before one band where the margin is the same, and each before its own where it is not', () => {
    expect(bandsOf([0.005, 0.005])).toEqual([[-0.5, 0.5]]);
    expect(bandsOf([0.005, 0.01])).toEqual([
      [-0.5, 0.5],
      [-1, 1],
    ]);
    expect(marginText([{ margin: 0.005 }, { margin: 0.01 }])).toBe('0.5 to 1.0 points, by setting');
  });
});

describe('figures that others published', () => {
  /** The data of every layer in which a mark has the style of published figures. */
  const valuesOf = (name: string, title: string) => {
    const chart = chartsOf({ comparisons: comparisons(), fronts: {} }).find((one) => one.name === name)!;
    const drawn = chart.draw(reportInput())!;
    return { drawn, panel: drawn.panels.find((panel) => panel.title === title)!.spec as unknown as AnySpec };
  };

  it('are lines before the settings of their language and metric alone', () => {
    const { drawn, panel } = valuesOf('error-against-latency', 'en-US');
    expect(publishedLayers(panel)[0]!.data!.values.map(({ y }) => y)).toEqual([0.08, 0.11]);
    expect(publishedLayers(valuesOf('error-against-latency', 'de-DE').panel)).toEqual([]);
    expect(drawn.caption).toMatch(/Level lines are figures that others published: Example model card, FLEURS\.$/);
    expect(drawn.table.rows.some((row) => row.at(-1) === '11.0%, Example model card, FLEURS')).toBe(true);
  });

  it('stand beside what a shorter chunk loses only where both settings were published', () => {
    const { drawn, panel } = valuesOf('acceleration-lens', 'Error rate lost');
    const shown = panel.data!.values.filter(({ published }) => (published as unknown[]).length > 0);
    expect(shown.length).toBeGreaterThan(0);
    for (const { language, chunk, published } of shown) {
      expect([language, chunk]).toEqual(['en-US', 0.08]);
      expect(published).toEqual([
        { value: expect.closeTo(3) as number, text: 'Published: +3.0 points\nExample model card, FLEURS' },
      ]);
    }
    expect(drawn.caption).toMatch(/Bars across are figures that others published: Example model card, FLEURS\.$/);
  });
});

interface AnySpec {
  readonly data?: { readonly values: readonly Record<string, unknown>[] };
  readonly mark?: { readonly style?: string };
  readonly layer?: readonly AnySpec[];
}

function publishedLayers({ layer = [] }: AnySpec): readonly AnySpec[] {
  return layer.filter(({ mark }) => mark?.style === 'published');
}
