import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

async function modules() {
  const { output } = await cruise(
    ['src'],
    {
      baseDir: root,
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
    },
    undefined,
    { tsConfig: extractTsConfig(`${root}/tsconfig.json`) },
  );
  if (typeof output === 'string') throw new Error('expected a result object');
  return output.modules;
}

describe('the tool that checks the direction of imports', () => {
  it('sees every module and follows its imports, which it silently does not with a TypeScript that is too new', async () => {
    const seen = await modules();
    const files = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const cruised = new Set(seen.map(({ source }) => source));
    expect(files.filter((file) => !cruised.has(`src/${file}`))).toEqual([]);
    const run = seen.find(({ source }) => source === 'src/run.ts');
    expect(run?.dependencies.map(({ resolved }) => resolved)).toEqual(
      expect.arrayContaining(['src/errors.ts', 'src/types.ts', 'src/backends/backend.ts']),
    );
  });
});
