import { describe, expect, it } from 'vitest';
import { reportInput } from './__fixtures__/report-input.ts';
import { renderCsv } from './csv.ts';

function withBackend(backend: string): string {
  const input = reportInput();
  const [first] = input.summary.cells;
  const cell = { ...first!, cell: { ...first!.cell, backend } };
  return renderCsv({ ...input, summary: { ...input.summary, cells: [cell] } });
}

describe('renderCsv', () => {
  it('has a row per cell and as many fields in each as in its head', () => {
    const rows = renderCsv(reportInput())
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(','));
    expect(rows).toHaveLength(1 + reportInput().summary.cells.length);
    for (const row of rows) expect(row).toHaveLength(rows[0]!.length);
  });

  it('leaves unknown values empty', () => {
    const [head, ...rows] = renderCsv(reportInput())
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(','));
    const hosted = rows.find((row) => row[2] === 'fal-hosted')!;
    expect(hosted[head!.indexOf('firstPartialP50')]).toBe('');
    expect(hosted[head!.indexOf('latencyP95.low')]).toBe('');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('keeps a spreadsheet from computing %j', (backend) => {
    expect(withBackend(backend)).toContain(`'${backend}`);
  });

  it('quotes separators, quotes and line breaks', () => {
    expect(withBackend('a,"b"\nc')).toContain(',"a,""b""\nc",');
  });
});
