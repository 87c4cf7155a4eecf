import type { Arrivals, Recognizer } from './backends/backend.ts';
import type { Cell, RecognizerInfo } from './types.ts';

/** A backend of the sweep, ready to be opened. */
export interface RunnableBackend {
  readonly name: string;
  readonly location: 'local' | 'hosted';
  readonly concurrency: number;
  /** `null` where a call's price is not known before it is made. */
  readonly usdPerAudioMinute: number | null;
  readonly billsWholeMinutes?: boolean;
  /** Tries for one answer, the first included; 3 if absent. */
  readonly mostAttempts?: number;
  /** Absent: closed loop. */
  readonly arrivals?: Arrivals;
  /** @param concurrency how many calls will be in flight at once. */
  open(concurrency: number): Promise<Recognizer>;
}

/** Cells that share their time, because they put the same load on their hosts. */
export interface Load {
  readonly cells: readonly Cell[];
  readonly backends: readonly RunnableBackend[];
  readonly concurrency: number;
  readonly arrivals: Arrivals | undefined;
}

/** Cells of different loads would be each other's load, so only equal ones share their time; local ones come first. */
export function loadsOf(cells: readonly Cell[], backends: readonly RunnableBackend[]): readonly Load[] {
  const byKey = new Map<string, Cell[]>();
  const backendOf = (cell: Cell) => backends.find(({ name }) => name === cell.backend)!;
  for (const cell of cells) {
    const { name, location, concurrency, arrivals } = backendOf(cell);
    const load = `${cell.concurrency ?? concurrency} at once`;
    const key = location === 'local' || arrivals ? `${name} alone, ${load}` : load;
    byKey.set(key, [...(byKey.get(key) ?? []), cell]);
  }
  const loads = [...byKey.values()].map((own): Load => {
    const [first] = own as [Cell];
    const { concurrency, arrivals } = backendOf(first);
    return {
      cells: own,
      backends: [...new Set(own.map(backendOf))],
      concurrency: first.concurrency ?? concurrency,
      arrivals,
    };
  });
  const isLocal = ({ backends: [first] }: Load) => first!.location === 'local';
  return [...loads.filter(isLocal), ...loads.filter((load) => !isLocal(load))];
}

/** That of the load with most processes: fewer utterances at once may have needed fewer. */
export function withMostProcesses(info: RecognizerInfo, before: RecognizerInfo | undefined): RecognizerInfo {
  return before && (before.processes ?? 1) > (info.processes ?? 1) ? before : info;
}
