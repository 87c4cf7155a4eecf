import type { ChartPanel } from '../charts/chart.ts';
import { type ChartContext, chartsOf } from '../charts/index.ts';
import { lightPalette } from '../charts/theme.ts';
import { UserError } from '../errors.ts';
import type { ReportInput } from '../types.ts';
import { compileForPaper, standaloneSpec } from './chart-spec.ts';
import { html } from './markup.ts';

/** CSS pixels; what a plot of a report's page has on a wide screen. */
const plotWidth = 640;
const titleHeight = 28;

/** Of a picture in pixels, so that it is sharp on dense screens. */
const pixelRatio = 2;

/** Every form of a chart that stands by itself. */
export const chartWriters = {
  svg: renderSvg,
  png: renderPng,
  'vega-lite': renderVegaLite,
} as const satisfies Readonly<Record<string, (panels: readonly ChartPanel[]) => Promise<string | Uint8Array>>>;

/** A panel's name: the chart's, with a number where it has several. */
export function panelName(chart: string, index: number, count: number): string {
  return count === 1 ? chart : `${chart}-${index + 1}`;
}

/**
 * The panels that a chart's name means, or the one panel that a panel's name does.
 * @throws UserError for a name that the run has no chart of.
 */
export function findPanels(input: ReportInput, context: ChartContext, name: string): readonly ChartPanel[] {
  const names: string[] = [];
  for (const chart of chartsOf(context)) {
    const panels = chart.draw(input)?.panels ?? [];
    if (panels.length === 0) continue;
    if (chart.name === name) return panels;
    const panel = panels.find((_, index) => panelName(chart.name, index, panels.length) === name);
    if (panel !== undefined) return [panel];
    names.push(panels.length === 1 ? chart.name : `${chart.name} (or ${chart.name}-1 to -${panels.length})`);
  }
  throw new UserError(`--chart ${name}: this run has no such chart; use ${names.join(', ')}`);
}

/** The panels below each other. */
async function renderSvg(panels: readonly ChartPanel[]): Promise<string> {
  const drawn = await Promise.all(panels.map(async ({ title, spec }) => ({ title, ...(await drawPanel(spec)) })));
  if (drawn.length === 1) return drawn[0]!.svg;
  let top = 0;
  const parts = drawn.map(({ title, svg, height }) => {
    const start = top;
    top += titleHeight + height + 12;
    const heading = html`<text x="8" y="${start + 18}" font-size="14" font-weight="600" fill="${lightPalette.ink}">
      ${title ?? ''}
    </text>`;
    return `${heading.toString()}<g transform="translate(0 ${start + titleHeight})">${svg}</g>`;
  });
  const width = Math.max(...drawn.map((panel) => panel.width));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" ` +
    `font-family="sans-serif"><rect width="100%" height="100%" fill="${lightPalette.paper}"/>${parts.join('')}</svg>`
  );
}

async function drawPanel(spec: ChartPanel['spec']) {
  const vega = await import('vega');
  const view = new vega.View(vega.parse((await compileForPaper(spec)) as Parameters<typeof vega.parse>[0]), {
    renderer: 'none',
  });
  await view.runAsync();
  // A plot that asks for its container's width has none here, and takes another only when it has run once.
  if ('width' in spec && spec.width === 'container') await view.width(plotWidth).runAsync();
  const svg = await view.toSVG();
  view.finalize();
  const [, width = '0', height = '0'] = /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return { svg, width: Math.ceil(Number(width)), height: Math.ceil(Number(height)) };
}

/** @throws UserError where the package that draws pixels is not installed. */
async function renderPng(panels: readonly ChartPanel[]): Promise<Uint8Array> {
  const svg = await renderSvg(panels);
  const { Resvg } = await import('@resvg/resvg-js').catch((error: unknown) => {
    throw new UserError(
      `--format png needs the optional package @resvg/resvg-js, which does not load here (${String(error)}); use svg`,
    );
  });
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: pixelRatio },
    font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  })
    .render()
    .asPng();
}

/** One specification, or a list of them where a chart has several panels. */
function renderVegaLite(panels: readonly ChartPanel[]): Promise<string> {
  const specs = panels.map(({ title, spec }) => standaloneSpec(title === null ? spec : { title, ...spec }));
  return Promise.resolve(`${JSON.stringify(specs.length === 1 ? specs[0] : specs, null, 2)}\n`);
}
