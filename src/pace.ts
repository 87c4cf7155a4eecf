import type { Work } from './attempt.ts';
import type { Arrivals } from './backends/backend.ts';
import { seededRandom, type Random } from './stats/random.ts';

/** Puts one piece of work through its backend. */
export type Perform = (piece: Work, dueMs: number | null) => Promise<void>;

/** So many lanes, each beginning when its last answer is there. */
export async function closedLoop(
  work: AsyncGenerator<Work>,
  lanes: number,
  perform: Perform,
  signal: AbortSignal,
): Promise<void> {
  const lane = async () => {
    for (let next = await work.next(); !next.done && !signal.aborted; next = await work.next()) {
      await perform(next.value, null);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/**
 * Sends by the clock, whether earlier requests are answered or not, because a load that waits for slow answers hides how
 * slow they are. A slot that passes while `most` requests are unanswered is missed and counted.
 */
export async function openLoop(
  work: AsyncGenerator<Work>,
  arrivals: Arrivals,
  most: number,
  perform: Perform,
  { now, signal, seed }: { readonly now: () => number; readonly signal: AbortSignal; readonly seed: number },
  onMissed: (backend: string) => void,
): Promise<void> {
  const random = seededRandom(seed);
  const underWay = new Set<Promise<void>>();
  // What fails ends the run, as in a closed loop, once what is under way has ended.
  const failures: unknown[] = [];
  let dueMs = now();
  for (let next = await work.next(); !next.done && !signal.aborted && failures.length === 0;) {
    dueMs += intervalMs(arrivals, random);
    await waitUntil(dueMs, now);
    if (underWay.size >= most) {
      onMissed(next.value.cell.backend);
      continue;
    }
    const sending = perform(next.value, dueMs)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(sending));
    underWay.add(sending);
    next = await work.next();
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

/** A timer counts whole milliseconds and may fire just before its time: nothing is sent before it is due. */
async function waitUntil(dueMs: number, now: () => number): Promise<void> {
  do {
    const leftMs = dueMs - now();
    await new Promise((resolve) => setTimeout(resolve, leftMs));
  } while (now() < dueMs);
}

function intervalMs({ kind, perSecond }: Arrivals, random: Random): number {
  const meanMs = 1000 / perSecond;
  // The logarithm's argument is above 0: random() never reaches 2³².
  return kind === 'constant' ? meanMs : -meanMs * Math.log(1 - random() / 2 ** 32);
}
