import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Ending } from './ending.ts';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('ends a call that nobody answers, however much garbage is collected meanwhile', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const call = fetch(`http://127.0.0.1:${port}`, { signal: new Ending(200, new AbortController().signal).signal });
  const collecting = setInterval(collectGarbage, 20);
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  clearInterval(collecting);
  silent.closeAllConnections();
  silent.close();
});

it('ends with the other signal, also with one that has ended already', () => {
  const other = new AbortController();
  const ending = new Ending(60_000, other.signal);
  expect(ending.signal.aborted).toBe(false);
  other.abort(new Error('enough'));
  expect([ending.signal.reason, new Ending(60_000, other.signal).signal.reason]).toEqual([
    other.signal.reason,
    other.signal.reason,
  ]);
  expect(ending.isByTime).toBe(false);
});

it('leaves nothing behind at the other signal, whose run may do millions of things', () => {
  const { signal } = new AbortController();
  for (let count = 0; count < 100; count++) new Ending(60_000, signal).release();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
