import { asFailure } from './failures.ts';
import { redactor } from './redact.ts';
import { Wire } from './wire.ts';

/** The host takes so many ids in one question. */
const mostIds = 50;
const nanoUsd = 1e-9;

export interface BillingQuestion {
  readonly requestIds: readonly string[];
  /** When the first of them may have been sent; the host looks back a day by itself. */
  readonly since: Date;
  /** The host tells bills to an admin key alone. */
  readonly key: string;
  /** A server that speaks the protocol; `null` for the host. */
  readonly target: string | null;
}

interface Page {
  readonly billing_events?: readonly { readonly request_id: string; readonly cost_estimate_nano_usd: number }[];
  readonly next_cursor?: string | null;
}

/**
 * What the host's own books say that requests cost, USD by request id. Its books lag behind: an id that is missing may
 * appear later.
 * @throws BackendError when the host does not answer.
 */
export async function billingEvents({
  requestIds,
  since,
  key,
  target,
}: BillingQuestion): Promise<ReadonlyMap<string, number>> {
  const costs = new Map<string, number>();
  for (let start = 0; start < requestIds.length; start += mostIds) {
    const ids = requestIds.slice(start, start + mostIds).join(',');
    for (let cursor: string | null | undefined = ''; cursor !== null && cursor !== undefined;) {
      const page: Page = await ask(
        { request_id: ids, start: since.toISOString(), end: new Date().toISOString() },
        cursor,
        key,
        target,
      );
      for (const event of page.billing_events ?? []) {
        costs.set(event.request_id, (costs.get(event.request_id) ?? 0) + event.cost_estimate_nano_usd * nanoUsd);
      }
      cursor = page.next_cursor;
    }
  }
  return costs;
}

async function ask(
  question: Readonly<Record<string, string>>,
  cursor: string,
  key: string,
  target: string | null,
): Promise<Page> {
  const wire = new Wire({ target, timeoutMs: 30_000, now: () => performance.now(), headers: {} });
  const query = new URLSearchParams({ ...question, ...(cursor === '' ? {} : { cursor }) });
  try {
    const response = await wire.fetch(`https://api.fal.ai/v1/models/billing-events?${query.toString()}`, {
      headers: { authorization: `Key ${key}` },
    });
    return (await response.json()) as Page;
  } catch (error) {
    throw asFailure(error, {
      phase: 'result',
      resumeId: null,
      endpoint: 'billing-events',
      host: target === null ? 'fal' : new URL(target).host,
      keyName: target === null ? 'FAL_ADMIN_KEY' : null,
      redact: redactor(key),
      usdPerUnit: null,
      resendsUnknown: false,
    });
  }
}
