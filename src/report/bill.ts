import type { ResultRecord } from '../types.ts';
import { sum } from '../stats/sum.ts';

/** A request whose costs disagree: what its headers said, what the list says, what the host's books say. */
export interface Mismatch {
  readonly utterance: string;
  readonly requestId: string | null;
  readonly costUsd: number | null;
  readonly listUsd: number | null;
  readonly bookedUsd: number | null;
}

/** What one backend of a run cost. Money that brought no answer stands apart from money that did. */
export interface Bill {
  readonly backend: string;
  readonly answers: number;
  /** Of the answers, by billed units; those of unknown cost are left out and counted. */
  readonly answeredUsd: number;
  readonly answersOfUnknownCost: number;
  /** What the list says of the same audio; `null` where it has no price per audio. */
  readonly answeredListUsd: number | null;
  /** Tries without an answer, also those that another one followed. */
  readonly failures: number;
  readonly failedUsd: number;
  /** Failures of which nobody knows whether they were billed. */
  readonly failuresOfUnknownCost: number;
  readonly mismatches: readonly Mismatch[];
  /** Requests with an id that the host's books do not have; `null` where they were not asked. */
  readonly unbooked: number | null;
}

/** Rounding of a bill and of a price list; more is a disagreement. */
const tolerance = 0.01;

/**
 * Adds up what a run's hosted requests cost. Pure.
 * @param records every attempt, also those that a later one replaced.
 * @param booked USD by request id from the host's books, where they were asked for.
 */
export function bill(records: readonly ResultRecord[], booked: ReadonlyMap<string, number> | null): readonly Bill[] {
  const paid = records.filter(({ hosted, error }) => hosted !== undefined || error?.kind === 'unknown-outcome');
  const names = [...new Set(paid.map(({ cell }) => cell.backend))];
  return names.map((backend) => {
    const own = paid.filter(({ cell }) => cell.backend === backend);
    const answered = own.filter(({ status }) => status !== 'failed');
    const failed = [
      ...own.filter(({ status }) => status === 'failed'),
      ...own.flatMap(({ failedAttempts }) => failedAttempts ?? []),
    ];
    const list = answered.map(({ hosted }) => hosted?.listCostUsd ?? null);
    return {
      backend,
      answers: answered.length,
      answeredUsd: sum(answered.map(({ costUsd }) => costUsd ?? 0)),
      answersOfUnknownCost: answered.filter(({ costUsd }) => costUsd === null).length,
      answeredListUsd: list.includes(null) ? null : sum(list.map((usd) => usd ?? 0)),
      failures: failed.length,
      failedUsd: sum(failed.map(({ costUsd }) => costUsd ?? 0)),
      failuresOfUnknownCost: failed.filter(({ costUsd }) => costUsd === null).length,
      unbooked: booked && own.filter(({ hosted }) => hosted?.requestId && !booked.has(hosted.requestId)).length,
      mismatches: own.map((record) => compared(record, booked)).filter((one) => disagrees(one)),
    };
  });
}

function compared({ utterance, costUsd, hosted }: ResultRecord, booked: ReadonlyMap<string, number> | null): Mismatch {
  const requestId = hosted?.requestId ?? null;
  const bookedUsd = requestId === null ? null : (booked?.get(requestId) ?? null);
  return { utterance, requestId, costUsd, listUsd: hosted?.listCostUsd ?? null, bookedUsd };
}

/** A failure costs nothing by rights, so that the list price does not bind it. */
function disagrees({ costUsd, listUsd, bookedUsd }: Mismatch): boolean {
  const differ = (one: number | null, other: number | null) =>
    one !== null && other !== null && Math.abs(one - other) > tolerance * Math.max(one, other);
  return differ(costUsd, bookedUsd) || (costUsd !== 0 && differ(costUsd, listUsd));
}
