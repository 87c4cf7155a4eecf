import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type * as OnnxModule from './backends/onnx.ts';
import { embeddedModel } from './embedded.ts';

// The backend runs a child process, which takes JavaScript: `npm test` builds it first.
const { onnxBackend } = (await import(
  /* @vite-ignore */ new URL('../dist/backends/onnx.js', import.meta.url).href
)) as typeof OnnxModule;

/** Recorded speech in many formats and 16 languages, which lies beside a checkout and is not part of it. */
const speech = fileURLToPath(new URL('../../shared/speech', import.meta.url));
const manifest = join(speech, 'manifest.jsonl');

describe.skipIf(!existsSync(manifest))('real recordings', () => {
  it('are all answered by the embedded model, well or badly', { timeout: 600_000 }, async () => {
    const recognizer = await onnxBackend.open(onnxBackend.settings.parse({ model: embeddedModel }), process.cwd());
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
