import { expect, test } from 'vitest';
import { ModelRecognizer } from './model-recognizer.ts';

test('a process that native code ends while it loads the model is told of as that', async () => {
  const opening = ModelRecognizer.open({
    worker: new URL('./__fixtures__/aborting-worker.js', import.meta.url),
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
