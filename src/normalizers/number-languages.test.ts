import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { NUMBER_LANGUAGES, numberLexicon } from './rules/numbers/index.ts';

const page = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const names = new Intl.DisplayNames('en', { type: 'language' });
const nameOf = (language: string): string => names.of(language) ?? language;
const languages = [...NUMBER_LANGUAGES].sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));

it('README names the languages with number rules', () => {
  const list = `${languages.slice(0, -1).map(nameOf).join(', ')} and ${nameOf(languages.at(-1)!)}`;
  expect(page('README.md').replace(/\s+/gu, ' ')).toContain(`in ${list}.`);
});

it('METHODOLOGY has a row for what each of them has', () => {
  const mark = (present: boolean): string => (present ? 'yes' : '–');
  const rows = languages.map((language) => {
    const lexicon = numberLexicon(language);
    if (lexicon === null) return [nameOf(language), 'yes', '–', 'yes', '–', '–', 'percent', '–'];
    const { ordinals, compoundOrdinal, points, halves, months, years, unitForms, clock, clockWords, minus } = lexicon;
    return [
      nameOf(language),
      'yes',
      mark(Object.keys(ordinals).length > 0 || compoundOrdinal !== undefined),
      points.length === 0 ? '–' : halves.length > 0 ? 'and halves' : 'yes',
      months === undefined ? '–' : years === undefined ? 'days' : 'days, years',
      mark(clock !== undefined || clockWords !== undefined),
      Object.values(unitForms).includes('km') || Object.values(unitForms).includes('км') ? 'and units' : 'yes',
      mark(minus !== undefined),
    ];
  });
  const table = [
    ['language', 'cardinals', 'ordinals', 'decimals', 'dates', 'clock', 'currency, percent', 'minus'],
    ...rows,
  ]
    .map((cells) => cells.join('|'))
    .join('\n');
  const found = page('METHODOLOGY.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
        .join('|'),
    )
    .join('\n');
  expect(found.replace(/\n-[-|]*(?=\n)/gu, '')).toContain(table);
});
