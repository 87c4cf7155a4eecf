import { suite as align } from './align.ts';
import { suite as engine } from './engine.ts';
import { suite as features } from './features.ts';
import type { BenchRow } from './rows.ts';
import { suite as scoring } from './scoring.ts';
import { suite as streams } from './streams.ts';

const suites: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  align,
  scoring,
  features,
  engine,
  streams,
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !(name in suites));
if (unknown !== undefined) throw new Error(`no suite ${unknown}; there are ${Object.keys(suites).join(', ')}`);

for (const name of names.length > 0 ? names : Object.keys(suites)) {
  const rows = await suites[name]!();
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
