import { EventEmitter, once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { deterministicRecognizer, serveLocally, writeClips } from '../../server/__fixtures__/local-server.ts';
import { usualLimits, type RunningServer } from '../../server/serve.ts';
import type { Recognizer } from '../backend.ts';
import { falBackend } from '../fal.ts';

const most = 4;
const servers: RunningServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close(0))));

const model = deterministicRecognizer();
/** Emits `go` when what is under way may end. */
const gate = new EventEmitter();
let isOpen = false;

/** A host that lets an account have one request in progress, and refuses further ones. */
async function serveOneAtOnce(): Promise<string> {
  const transcribe: Recognizer['transcribe'] = async (audio, options) => {
    if (!isOpen) await once(gate, 'go');
    return model.transcribe(audio, options);
  };
  const limits = { ...usualLimits, concurrency: 1 };
  const server = await serveLocally({}, { recognizer: { ...model, transcribe }, limits });
  servers.push(server);
  return server.url;
}

function open(target: string): Promise<Recognizer> {
  const settings = falBackend.settings.parse({ target, transport: 'run', send: 'inline', concurrency: most });
  return falBackend.open(settings, '/');
}

/** How many of the calls that are made at once are answered, where the host answers none before it refused some. */
async function answered(recognizer: Recognizer, calls: number, refusedFirst: number): Promise<number> {
  const [clip] = writeClips(1);
  isOpen = refusedFirst === 0;
  let refused = 0;
  const call = async () => {
    await recognizer.transcribe(clip!, { language: 'en-US', acceleration: 'none' }).catch((error: unknown) => {
      expect(error).toMatchObject({ kind: 'rate-limit' });
      if (++refused < refusedFirst) return;
      isOpen = true;
      gate.emit('go');
    });
  };
  await Promise.all(Array.from({ length: calls }, call));
  return calls - refused;
}

it('learns how much an account may have in progress for all that use it at once', async () => {
  const [target, otherTarget] = [await serveOneAtOnce(), await serveOneAtOnce()];
  const [first, second, elsewhere] = [await open(target), await open(target), await open(otherTarget)];
  expect(await answered(first, most, most - 1), 'all but one are refused').toBe(1);
  expect(await answered(second, most, 0), 'so that none is refused here').toBe(most);
  expect(await answered(elsewhere, most, most - 1), 'another host is another account').toBe(1);
  await first.close();
  await first.close();
  expect(await answered(second, 2, 0), 'and one that is left keeps it').toBe(2);
  await second.close();
  expect(await answered(await open(target), most, most - 1), 'another load begins anew').toBe(1);
});
