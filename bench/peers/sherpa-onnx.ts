import { copyFile, link, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunkGeometry } from '../../src/engine/geometry.ts';
import type { StreamingRecognizer } from '../../src/engine/recognizer.ts';
import { GRID_SAMPLES, type Clip } from '../clips.ts';

/** Name and version of the peer. */
export const PEER = 'sherpa-onnx-node 1.13.8';

/** What the engine hears in a clip when it follows sherpa-onnx's conventions. */
export async function ourText(
  ours: StreamingRecognizer,
  lookAhead: number,
  { language, samples }: Clip,
): Promise<string> {
  const stream = await ours.createStream({ language, lookAhead, conventions: 'sherpa-onnx' });
  // Not finished, because sherpa-onnx never decodes what is shorter than a window.
  return stream.push(samples.subarray(GRID_SAMPLES));
}

/** A copy of the model whose metadata declare another chunk size: the only way to tell sherpa-onnx. */
export async function withWindow(model: string, lookAhead: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  const files = (await readdir(model, { withFileTypes: true })).filter((entry) => entry.isFile());
  for (const { name } of files.filter((file) => file.name !== 'encoder.onnx')) {
    const [from, to] = [join(model, name), join(folder, name)];
    // Weights of gigabytes are linked where the file system can; onnxruntime follows no symbolic link out of a folder.
    await link(from, to).catch(() => copyFile(from, to));
  }
  const declared = await readFile(join(model, 'encoder.onnx'));
  const { windowFrames, shiftFrames } = chunkGeometry(lookAhead);
  // Appended entries of `metadata_props` (field 14 of the model: key 1, value 2) win over earlier ones.
  const entry = (key: string, value: number): Buffer => {
    const field = (number: number, text: string): Buffer =>
      Buffer.concat([Buffer.from([number * 8 + 2, text.length]), Buffer.from(text)]);
    const content = Buffer.concat([field(1, key), field(2, String(value))]);
    return Buffer.concat([Buffer.from([14 * 8 + 2, content.length]), content]);
  };
  const entries = [entry('window_size', windowFrames), entry('chunk_shift', shiftFrames)];
  await writeFile(join(folder, 'encoder.onnx'), Buffer.concat([declared, ...entries]));
  return folder;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
