import type { TopLevelSpec } from 'vega-lite';
import type { Acceleration, CellSummary, ReportInput } from '../types.ts';
import { accelerationLabel, accelerationOrder, compareCells } from './cell-names.ts';
import type { Chart, DrawnChart } from './chart.ts';
import { accelerationColor, accelerationDash, plotFrame } from './encodings.ts';
import { groupBy } from './group-by.ts';
import { quantityText } from './number-text.ts';

/** A way to recognize on a machine that costs whether it works or not. */
interface Local {
  readonly backend: string;
  readonly acceleration: Acceleration;
  /** Of an audio minute, when the machine never rests. */
  readonly fullUseUsd: number;
}

/** A backend that costs only what is sent to it. */
interface Hosted {
  readonly backend: string;
  readonly usdPerMinute: number;
}

const shares = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** From which utilization on a machine of one's own is cheaper than a hosted service. */
export const breakEven: Chart = {
  name: 'break-even',
  title: 'Cost of a machine by how busy it is, against a hosted service',
  question: 'How busy does a machine have to be to cost less than a hosted service?',
  draw(input): DrawnChart | null {
    const [locals, hosted] = [localsOf(input), hostedOf(input)];
    if (locals.length === 0 || hosted.length === 0) return null;
    return {
      caption:
        'A machine costs the same whether it works or not: its cost per audio minute is its price per hour × RTF ÷ 60 ÷ the ' +
        'share of the time in which it works, all languages together, one clip at a time. Horizontal lines are what the ' +
        'hosted service cost per minute in this run. Right of where they cross, the machine is cheaper.',
      panels: [
        {
          title: null,
          description: locals.flatMap((local) => hosted.map((one) => sentence(local, one))).join(' '),
          spec: specify(locals, hosted),
        },
      ],
      table: {
        columns: ['Machine', 'Per minute at full use', 'Hosted', 'Per minute', 'Cheaper from'],
        rows: locals.flatMap((local) =>
          hosted.map((one) => [
            `${local.backend} ${accelerationLabel(local.acceleration)}`,
            quantityText(local.fullUseUsd, 'usd-per-minute'),
            one.backend,
            quantityText(one.usdPerMinute, 'usd-per-minute'),
            utilizationText(local, one),
          ]),
        ),
      },
    };
  },
};

function utilizationText({ fullUseUsd }: Local, { usdPerMinute }: Hosted): string {
  const share = fullUseUsd / usdPerMinute;
  if (share > 1) return 'never';
  return share < 0.001 ? 'under 0.1% of the time' : `${(share * 100).toPrecision(2)}% of the time`;
}

function sentence(local: Local, hosted: Hosted): string {
  return `${local.backend} at ${local.acceleration} is cheaper than ${hosted.backend} from: ${utilizationText(local, hosted)}.`;
}

/** What the configuration says that a backend's machine costs per hour; `null` where it says nothing or 0. */
function machinePrice({ run }: ReportInput, backend: string): number | null {
  const { backends } = (run.config ?? {}) as { readonly backends?: Readonly<Record<string, unknown>> };
  const entry = backends?.[backend] as { readonly machineUsdPerHour?: unknown } | undefined;
  const price = entry?.machineUsdPerHour;
  return typeof price === 'number' && price > 0 ? price : null;
}

/** Σ of a metric weighted by audio ÷ Σ audio: the rate over all languages. */
function pooled(cells: readonly CellSummary[], metric: string): number | null {
  let [sum, seconds] = [0, 0];
  for (const { metrics, audioSeconds } of cells) {
    const value = metrics[metric]?.value;
    if (value == null) continue;
    sum += value * audioSeconds;
    seconds += audioSeconds;
  }
  return seconds === 0 ? null : sum / seconds;
}

function localsOf(input: ReportInput): readonly Local[] {
  const cells = input.summary.cells.toSorted((left, right) => compareCells(left.cell, right.cell));
  return [...groupBy(cells, ({ cell }) => JSON.stringify([cell.backend, cell.acceleration])).values()].flatMap(
    (group) => {
      const { backend, acceleration } = group[0]!.cell;
      const usdPerHour = machinePrice(input, backend);
      const rtf = pooled(group, 'rtf');
      return usdPerHour === null || rtf === null
        ? []
        : [{ backend, acceleration, fullUseUsd: (usdPerHour * rtf) / 60 }];
    },
  );
}

function hostedOf(input: ReportInput): readonly Hosted[] {
  const hosted = input.summary.cells.filter(({ cell }) => input.run.recognizers[cell.backend]?.modelSha256 === null);
  return [...groupBy(hosted, ({ cell }) => cell.backend)].flatMap(([backend, group]) => {
    const usdPerMinute = pooled(group, 'costPerMinuteUsd');
    return usdPerMinute === null || usdPerMinute === 0 ? [] : [{ backend, usdPerMinute }];
  });
}

function specify(locals: readonly Local[], hosted: readonly Hosted[]): TopLevelSpec {
  const backends = [...new Set(locals.map(({ backend }) => backend))];
  const values = locals.flatMap(({ backend, acceleration, fullUseUsd }) =>
    shares.map((share) => ({
      backend,
      acceleration: accelerationLabel(acceleration),
      share,
      usd: fullUseUsd / share,
      text: `${backend} ${acceleration}, busy ${share * 100}% of the time\n${quantityText(fullUseUsd / share, 'usd-per-minute')} per minute`,
    })),
  );
  const color = accelerationColor(
    accelerationOrder.filter((name) => locals.some(({ acceleration }) => acceleration === name)),
  );
  const x = {
    field: 'share',
    type: 'quantitative',
    scale: { type: 'log' },
    axis: { title: 'Share of time that the machine works', format: '~%', tickCount: 4, grid: false },
  } as const;
  const y = {
    type: 'quantitative',
    scale: { type: 'log' },
    axis: { title: 'Cost per audio minute (USD)', format: '$~g', tickCount: 5, grid: false },
  } as const;
  return {
    ...plotFrame,
    height: 260,
    layer: [
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2, aria: false },
        encoding: {
          x,
          y: { ...y, field: 'usd' },
          color,
          strokeDash: { ...accelerationDash, legend: color.legend },
          ...(backends.length > 1 ? { detail: { field: 'backend' } } : {}),
        },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 18, opacity: 1, aria: false },
        encoding: { x, y: { ...y, field: 'usd' }, color, tooltip: { field: 'text' } },
      },
      {
        data: { values: hosted },
        mark: { type: 'rule', style: 'published', strokeDash: [6, 3], aria: false },
        encoding: { y: { ...y, field: 'usdPerMinute' } },
      },
      {
        data: { values: hosted.map((one) => ({ ...one, share: shares[0], label: one.backend })) },
        mark: {
          type: 'text',
          style: 'label',
          align: 'left',
          baseline: 'bottom',
          dx: 4,
          dy: -3,
          limit: 200,
          aria: false,
        },
        encoding: { x, y: { ...y, field: 'usdPerMinute' }, text: { field: 'label' } },
      },
    ],
  };
}
