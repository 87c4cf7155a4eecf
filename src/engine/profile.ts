import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { UserError } from '../errors.ts';

/** What a session writes about the nodes that it runs, between its creation and {@link ranOn}. */
export class SessionProfile {
  readonly #prefix = `earshot-profile-${randomUUID()}`;

  /** To be spread into the session's options. */
  readonly sessionOptions = { enableProfiling: true, profileFilePrefix: join(tmpdir(), this.#prefix) };

  /**
   * Ends profiling and tells which providers really ran the nodes, the busiest first, such as `webgpu, cpu`:
   * onnxruntime hands nodes that a provider cannot run to the CPU without a word. `null` where nothing ran.
   */
  async ranOn(session: InferenceSession): Promise<string | null> {
    session.endProfiling();
    const names = (await readdir(tmpdir())).filter((name) => name.startsWith(this.#prefix));
    const nodesByProvider = new Map<string, number>();
    for (const name of names) {
      const path = join(tmpdir(), name);
      const events = JSON.parse(await readFile(path, 'utf8')) as { cat?: string; args?: { provider?: string } }[];
      for (const { cat, args } of events) {
        if (cat !== 'Node' || args?.provider === undefined) continue;
        const provider = args.provider.replace('ExecutionProvider', '').toLowerCase();
        nodesByProvider.set(provider, (nodesByProvider.get(provider) ?? 0) + 1);
      }
      await rm(path);
    }
    const providers = [...nodesByProvider].sort(([, a], [, b]) => b - a).map(([provider]) => provider);
    return providers.length > 0 ? providers.join(', ') : null;
  }
}

/**
 * Refuses what ran wholly elsewhere than was asked for. A part on the CPU is usual: it computes shapes, and what a provider
 * has no kernels for.
 *
 * @param effective as {@link SessionProfile.ranOn} tells it.
 * @throws UserError
 */
export function assertRanOn(provider: string, effective: string | null): void {
  if (effective?.split(', ').includes(provider)) return;
  throw new UserError(
    `the execution provider ${provider} was asked for, but ${effective ?? 'nothing that could be told'} ran the encoder; allowFallback: true measures it all the same`,
  );
}
