import type { Tensor } from 'onnxruntime-node';
import { CHANNEL_CACHE } from './contracts/contract.ts';
import type { Graph } from './sessions.ts';

/** An encoder that gives whole caches, made of one that gives the new frames of its channel cache alone. */
export function keepingCache(encoder: Graph): Graph {
  return {
    run: async (inputs) => {
      const outputs = await encoder.run(inputs);
      const cache = inputs[CHANNEL_CACHE]!;
      moveOn(cache, outputs[CHANNEL_CACHE]!);
      return outputs.with(CHANNEL_CACHE, cache);
    },
  };
}

/**
 * Puts new frames behind those that are remembered, in the same memory; the first ones fall out.
 *
 * @param cache … × frames × channels.
 * @param fresh the same with fewer frames.
 */
export function moveOn(cache: Tensor, fresh: Tensor): void {
  const [kept, added] = [cache.data as Float32Array, fresh.data as Float32Array];
  const [size, step] = [cache, fresh].map(({ dims }) => dims.at(-2)! * dims.at(-1)!) as [number, number];
  for (let from = 0, layer = 0; from < kept.length; from += size, layer++) {
    kept.copyWithin(from, from + step, from + size);
    kept.set(added.subarray(layer * step, (layer + 1) * step), from + size - step);
  }
}
