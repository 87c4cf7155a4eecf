import type { BenchRow } from './rows.ts';

interface Suite {
  readonly suite: () => Promise<readonly BenchRow[]>;
}

/** Loaded one by one: what lies in memory costs time at each garbage collection. */
const suites: Readonly<Record<string, () => Promise<Suite>>> = {
  align: () => import('./align.ts'),
  scoring: () => import('./scoring.ts'),
  features: () => import('./features.ts'),
  engine: () => import('./engine.ts'),
  streams: () => import('./streams.ts'),
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in suites));
if (unknown !== undefined) throw new Error(`no suite ${unknown}; there are ${Object.keys(suites).join(', ')}`);

for (const name of names.length > 0 ? names : Object.keys(suites)) {
  const { suite } = await suites[name]!();
  const rows = await suite();
  console.table(
    rows.map(({ name, oursMs, peer, peerMs }) => ({
      what: name,
      'ours (ms)': Number(oursMs.toPrecision(3)),
      'peer (ms)': peerMs === null ? '–' : Number(peerMs.toPrecision(3)),
      'ours is faster by': peerMs === null ? '–' : `${(peerMs / oursMs).toPrecision(3)} ×`,
      peer: peer ?? '–',
    })),
  );
}
