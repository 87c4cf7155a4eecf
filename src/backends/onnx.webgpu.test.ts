import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { writeWav } from '../audio/write-wav.ts';
import type { ProviderCheck } from '../engine/providers.ts';
import type * as ProvidersModule from '../engine/providers.ts';
import type * as OnnxModule from './onnx.ts';

/** Debian's Chromium brings a Vulkan driver that computes on the CPU. */
const SOFTWARE_DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (existsSync(SOFTWARE_DRIVER)) vi.stubEnv('VK_ICD_FILENAMES', SOFTWARE_DRIVER);

const built = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;
const { onnxBackend } = (await import(/* @vite-ignore */ built('backends/onnx.js'))) as typeof OnnxModule;
const { checkProviders } = (await import(/* @vite-ignore */ built('engine/providers.js'))) as typeof ProvidersModule;

const model = (name: string): string => fileURLToPath(new URL(`../engine/__fixtures__/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'earshot-webgpu-'));
afterAll(() => rmSync(folder, { recursive: true }));

const embedded = fileURLToPath(new URL('../../models/tiny-fastconformer', import.meta.url));
const checks = await checkProviders(join(embedded, 'joiner.onnx'));
const webgpu = checks.find(({ provider }) => provider === 'webgpu') as ProviderCheck;

test('a provider that cannot be used says why', () => {
  for (const { usable, reason } of checks) expect(reason === null).toBe(usable);
  expect(checks.find(({ provider }) => provider === 'cpu')).toMatchObject({ usable: true });
});

// Two exports whose encoders compute in float32, one with open shapes and one with fixed ones.
test.skipIf(!webgpu.usable).each(['scripted-model', 'genai'])(
  `%s says its script on WebGPU (${webgpu.reason ?? 'with a driver'})`,
  async (name) => {
    const path = join(folder, 'silence.wav');
    writeFileSync(path, writeWav(new Float32Array(2 * 16_000), 16_000));
    const settings = onnxBackend.settings.parse({ model: model(name), provider: 'webgpu' });
    const recognizer = await onnxBackend.open(settings, folder);
    try {
      expect(recognizer.info.requestedProvider).toBe('webgpu');
      expect(recognizer.info.effectiveProvider!.split(', ')).toContain('webgpu');
      const source = { path, offsetSeconds: 0, durationSeconds: null };
      const { text } = await recognizer.transcribe(source, { language: 'de-DE', acceleration: 'high' });
      expect(text).toBe('one three abbbbbbbbbbbb two');
    } finally {
      await recognizer.close();
    }
  },
);
