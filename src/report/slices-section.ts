import { CellNamer, compareSettings } from '../charts/cell-names.ts';
import { intervalFigures, quantityText, unknownText } from '../charts/number-text.ts';
import { type Figure, figureTable } from './figure-table.ts';
import { type Markup, html } from './markup.ts';
import type { Slice, SlicedField, SliceRate } from './slices.ts';
import { visibleText } from './transcript-text.ts';

/** For whom and under what circumstances a setting errs more; `null` where the corpus says nothing to tell by. */
export function slicesSection(fields: readonly SlicedField[]): Markup | null {
  if (fields.length === 0) return null;
  const cells = fields.flatMap(({ slices }) => slices.flatMap(({ rates }) => rates.map(({ cell }) => cell)));
  const namer = new CellNamer(cells);
  const settings = [...new Map(cells.map((cell) => [namer.setting(cell), cell])).entries()]
    .toSorted(([, left], [, right]) => compareSettings(left, right))
    .map(([name]) => name);
  return html`<p>
      The primary error rate by what the corpus says of its utterances, with 95% intervals. Groups may differ in more
      than what names them, and few speakers tell little of a group: a difference here is a reason to look, no verdict.
    </p>
    ${fields.map(
      ({ field, slices }, index) =>
        html`<details ${index === 0 && html`open`}>
          <summary>By <bdi>${visibleText(field)}</bdi></summary>
          ${figureTable({
            id: `slices-${index}`,
            caption: html`Error rates by ${visibleText(field)}`,
            columns: [{ title: 'Language and group' }, ...settings.map((title) => ({ title }))],
            rows: slices.map((slice) => [
              nameFigure(slice, namer),
              ...settings.map((setting) => rateFigure(slice, setting, namer)),
            ]),
          })}
        </details>`,
    )}`;
}

function nameFigure(slice: Slice, namer: CellNamer): Figure {
  const { value } = slice;
  const place = namer.place(slice);
  return {
    content: html`<b><bdi>${visibleText(place)}</bdi></b> <bdi>${visibleText(value)}</bdi>`,
    value: `${place} ${value}`,
  };
}

function rateFigure({ rates }: Slice, setting: string, namer: CellNamer): Figure {
  const found = rates.find(({ cell }) => namer.setting(cell) === setting);
  if (found === undefined) return { content: unknownText, value: null };
  const { rate, interval } = found;
  return {
    content: html`${quantityText(rate, 'fraction')}${
      interval !== null && html`<small>${intervalFigures({ interval }, 'fraction')}</small>`
    }`,
    value: rate,
    how: howMade(found),
  };
}

function howMade({ n, interval, resampled, blocks }: SliceRate): string {
  return interval === null
    ? `n = ${n}; no interval from ${blocks} ${resampled}${blocks === 1 ? '' : 's'}`
    : `n = ${n}; 95% interval from resampling ${blocks} ${resampled}s`;
}
