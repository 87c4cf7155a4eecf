import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { ModelRecognizer } from './model-recognizer.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-aborting-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a process that native code ends while it loads the model is told of as that', async () => {
  // As CoreML has done.
  const worker = join(folder, 'aborting-worker.mjs');
  writeFileSync(worker, "process.on('message', () => process.abort());\n");
  const opening = ModelRecognizer.open({
    worker: pathToFileURL(worker),
    model: null,
    delivery: 'batch',
    takesSeveral: false,
    machineUsdPerHour: undefined,
  });
  await expect(opening).rejects.toMatchObject({
    kind: 'process',
    message: expect.stringContaining("the recognizer's process was killed by SIGABRT") as string,
  });
});
