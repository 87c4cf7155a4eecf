import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { backendOfKind } from './backends/index.ts';
import { embeddedModel } from './embedded.ts';

/** Recorded speech in many formats and 16 languages, which lies beside a checkout and is not part of it. */
const speech = fileURLToPath(new URL('../../shared/speech', import.meta.url));
const manifest = join(speech, 'manifest.jsonl');

describe.skipIf(!existsSync(manifest))('real recordings', () => {
  it('are all answered by the embedded model, well or badly', { timeout: 600_000 }, async () => {
    const backend = backendOfKind('onnx');
    const recognizer = await backend.open(backend.settings.parse({ model: embeddedModel }), process.cwd());
    const rows = readFileSync(manifest, 'utf8').split('\n').filter(Boolean);
    let answered = 0;
    for (const row of rows) {
      const { file } = JSON.parse(row) as { readonly file: string };
      const audio = { path: join(speech, file), offsetSeconds: 0, durationSeconds: null };
      const { text } = await recognizer.transcribe(audio, { language: 'auto', acceleration: 'none' });
      expect(typeof text, file).toBe('string');
      answered++;
    }
    await recognizer.close();
    expect(answered).toBe(rows.length);
  });
});
