import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the peers are given: pairs of reference and hypothesis, and lines to normalize. */
export interface PeerTexts {
  readonly pairs: readonly (readonly [string, string])[];
  readonly lines: readonly string[];
  readonly short: readonly (readonly string[])[];
  readonly talk: readonly (readonly string[])[];
  readonly long: readonly (readonly string[])[];
}

interface PeerTime {
  readonly peer: string;
  readonly peerMs: number;
}

type Task = 'corpus' | 'pairs' | 'short' | 'talk' | 'long' | 'english' | 'basic';

/**
 * What the peers took on the machine and day where the loop below took `LOOP_MS`. Jiwer's figure is older, of the same
 * kind of machine.
 */
const RECORDED: Readonly<Record<Task, PeerTime>> = {
  corpus: { peer: 'jiwer 4.0.0 with rapidfuzz', peerMs: 5_900 },
  pairs: { peer: 'rapidfuzz 3.14.6 editops', peerMs: 234 },
  short: { peer: 'rapidfuzz 3.14.6 editops', peerMs: 0.00754 },
  talk: { peer: 'rapidfuzz 3.14.6 editops', peerMs: 0.485 },
  long: { peer: 'rapidfuzz 3.14.6 editops', peerMs: 85.6 },
  english: { peer: 'transformers 5.18.0 EnglishTextNormalizer', peerMs: 2_420 },
  basic: { peer: 'transformers 5.18.0 BasicTextNormalizer', peerMs: 218 },
};
const LOOP_MS = 112.5;

/**
 * Times the peers that `python3` has installed. The others are compared by what was recorded of them, as many times
 * the calibration loop as then, and are called recorded.
 */
export async function pythonPeers(texts: PeerTexts): Promise<Readonly<Record<Task, PeerTime>>> {
  const measured = await measure(texts);
  const factor = calibrationMs() / LOOP_MS;
  const recorded = Object.entries(RECORDED).map(
    ([task, { peer, peerMs }]) => [task, { peer: `${peer}, recorded`, peerMs: peerMs * factor }] as const,
  );
  return { ...(Object.fromEntries(recorded) as Record<Task, PeerTime>), ...measured };
}

async function measure(texts: PeerTexts): Promise<Partial<Record<Task, PeerTime>>> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-peers-'));
  try {
    const file = join(folder, 'texts.json');
    await writeFile(file, JSON.stringify(texts));
    const { stdout } = await promisify(execFile)('python3', ['bench/peers/scoring.py', file]);
    return JSON.parse(stdout) as Partial<Record<Task, PeerTime>>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Shortest of five runs of a loop of integer arithmetic, in milliseconds. */
function calibrationMs(): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    let state = 1;
    for (let i = 0; i < 1e8; i++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    // Read, so that no compiler drops the loop.
    return performance.now() - start + (state === 0.5 ? 1 : 0);
  });
  return Math.min(...times);
}
