import { endpoints, nemotronId } from '../backends/fal/endpoints.ts';
import { checkKey } from './check-key.ts';
import { sendJson, type HttpExchange } from './exchange.ts';
import type { Ledger } from './ledger.ts';

/** What the host's books tell whoever holds a key. @returns false for a path that is none of theirs. */
export function handlePlatform(exchange: HttpExchange, { bills }: Ledger, key: string | null): boolean {
  const { method, path, request } = exchange;
  const page = method === 'GET' ? /^\/api\/v1\/models\/(.+)$/.exec(path)?.[1] : undefined;
  if (page !== undefined) checkKey(exchange, key);
  const { usdPerUnit, unit } = endpoints.get(nemotronId)!.price;
  const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('request_id')?.split(',') ?? [];
  switch (page) {
    case 'billing-events': {
      const events = bills
        .filter(({ requestId }) => asked.includes(requestId))
        .map(({ requestId, units }) => ({
          request_id: requestId,
          endpoint_id: nemotronId,
          output_units: units,
          unit_price: usdPerUnit,
          cost_estimate_nano_usd: Math.round(units * usdPerUnit! * 1e9),
        }));
      sendJson(exchange, 200, { billing_events: events, next_cursor: null });
      return true;
    }
    case 'pricing': {
      const price = { endpoint_id: nemotronId, unit_price: usdPerUnit, unit: `${unit}s`, currency: 'USD' };
      sendJson(exchange, 200, { prices: [price], next_cursor: null, has_more: false });
      return true;
    }
    case 'requests/by-endpoint': {
      const items = bills.map(({ requestId, inferenceMs }) => {
        return { request_id: requestId, status_code: 200, duration: inferenceMs / 1000 };
      });
      sendJson(exchange, 200, { items, next_cursor: null, has_more: false });
      return true;
    }
    default:
      return false;
  }
}
