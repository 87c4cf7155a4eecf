import { defineConfig } from 'vitest/config';
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // onnxruntime-node checks typed arrays by realm, which `vmThreads` breaks.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
