import type { HttpExchange } from './exchange.ts';
import { Refusal } from './refusal.ts';

/**
 * @param key the one that is let in; `null` lets every key in.
 * @throws Refusal for another one.
 */
export function checkKey({ request }: HttpExchange, key: string | null): void {
  if (key !== null && request.headers.authorization !== `Key ${key}`) {
    throw new Refusal(401, { detail: 'Cannot access application: invalid key' });
  }
}
