import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { modelFolder } from './model-folder.ts';

const name = 'nemotron-3.5-asr-streaming-0.6b-560ms-int8';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-models-'));
  vi.stubEnv('EARSHOT_CACHE', join(folder, 'cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('what a model is called', () => {
  it('is a path from the file that names it', async () => {
    await mkdir(join(folder, 'mine'));
    expect(modelFolder('../mine', join(folder, 'configs'))).toBe(join(folder, 'mine'));
  });

  it('is the name of a public model once it was fetched, unless a folder is called so', async () => {
    await mkdir(join(folder, 'cache', name), { recursive: true });
    expect(modelFolder(name, folder)).toBe(join(folder, 'cache', name));
    await mkdir(join(folder, name));
    expect(modelFolder(name, folder)).toBe(join(folder, name));
  });

  it('is refused with the command that fetches it, or the name that is meant', () => {
    expect(() => modelFolder(name, folder)).toThrow(
      `${name} was not fetched yet: earshot models fetch ${name} does it, about 620 MiB`,
    );
    expect(() => modelFolder(name.replace('560', '56'), folder)).toThrow(`(did you mean ${name}?)`);
    expect(() => modelFolder('models/none', folder)).toThrow(
      /there is no model folder .*none; give a folder, or a name/,
    );
  });
});
