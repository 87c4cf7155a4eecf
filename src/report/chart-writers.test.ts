import { describe, expect, it } from 'vitest';
import { comparisons } from './__fixtures__/comparisons.ts';
import { reportInput } from './__fixtures__/report-input.ts';
import { chartWriters, findPanels } from './chart-writers.ts';

const context = { comparisons: comparisons(), fronts: {} };

function panels(name: string) {
  return findPanels(reportInput(), context, name);
}

describe('a chart by itself', () => {
  it('is an SVG of a page’s width in literal colors', async () => {
    const svg = await chartWriters.svg(panels('word-error-rate'));
    expect(svg).toMatch(/^<svg [^>]*width="640"/);
    expect(svg).toContain('#0072b2');
    expect(svg).not.toContain('var(--');
    expect(svg).toContain('full (0.08 s)');
  });

  it('has its panels below each other, or the one that is named', async () => {
    const all = await chartWriters.svg(panels('error-heat-map'));
    expect(all.match(/<svg /g)!.length).toBe(1 + panels('error-heat-map').length);
    expect(panels('error-heat-map-2')).toEqual([panels('error-heat-map')[1]]);
  });

  it('is a PNG of twice the size', async () => {
    const png = await chartWriters.png(panels('word-error-rate'));
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(Buffer.from(png).readUInt32BE(16)).toBe(1280);
  });

  it('is a Vega-Lite specification, or a list of them', async () => {
    const one = JSON.parse(await chartWriters['vega-lite'](panels('word-error-rate'))) as { readonly $schema: string };
    expect(one.$schema).toContain('vega-lite');
    expect(JSON.parse(await chartWriters['vega-lite'](panels('error-heat-map')))).toHaveLength(4);
  });

  it('names the charts that there are', () => {
    expect(() => panels('pie')).toThrow(/--chart pie: this run has no such chart; use acceleration-lens \(or/);
  });
});
