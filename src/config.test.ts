import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configJsonSchema, parseConfig, resolveReferences } from './config.ts';
import { UserError } from './errors.ts';

const valid = `name: trial
corpora:
  speech: { path: ../datasets/spoken-commands }
backends:
  tiny: { kind: onnx, model: ../models/tiny-fastconformer }
matrix:
  language: [en-US, no]
  acceleration: none
`;

function failure(text: string): UserError {
  try {
    parseConfig(text, 'sweep.yaml');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('parseConfig', () => {
  it('fills in every default and turns single values into lists', () => {
    const config = parseConfig(valid, 'sweep.yaml');
    expect(config.matrix).toEqual({
      language: ['en-US', 'no'],
      acceleration: ['none'],
      backend: ['tiny'],
      corpus: ['speech'],
      languageHint: ['given'],
    });
    expect(config.seed).toBe(1);
    expect(config.scoring.normalizer).toBe('earshot');
  });

  it('reads the language code "no" as Norwegian, not as false', () => {
    expect(parseConfig(valid, 'sweep.yaml').matrix.language).toContain('no');
  });

  it.each([
    ['a syntax error', valid.replace('matrix:', 'matrix: ['), /^sweep\.yaml:\d+:\d+$/, /not valid YAML/],
    ['an unknown key', valid.replace('name: trial', 'name: trial\nlimt: 3'), 'sweep.yaml:2:1', /unknown key "limt"/],
    ['an unknown nested key', `${valid}  speed: fast\n`, 'sweep.yaml:9:3', /matrix: unknown key "speed"/],
    [
      'an unknown value',
      valid.replace('acceleration: none', 'acceleration: regulr'),
      'sweep.yaml:8:17',
      /"regulr" is not allowed; use none, regular, high, full \(did you mean "regular"\?\)/,
    ],
    [
      'an unknown value in a list',
      valid.replace('acceleration: none', 'acceleration: [none, fast]'),
      'sweep.yaml:8:24',
      /acceleration\.1: "fast" is not allowed/,
    ],
    ['a missing key', valid.replace('name: trial\n', ''), 'sweep.yaml:1:1', /name: missing/],
    [
      'a wrong type',
      `${valid}limit: many\n`,
      'sweep.yaml:9:8',
      /limit: "many" is not allowed; give a whole number|give a number/,
    ],
    [
      'an unknown kind',
      valid.replace('kind: onnx', 'kind: onyx'),
      /^sweep\.yaml:5:\d+$/,
      /"onyx" is not allowed; use .*onnx/,
    ],
    [
      'a name that every object has',
      valid.replaceAll('tiny', 'constructor'),
      /^sweep\.yaml:5:\d+$/,
      /not allowed; give any name but/,
    ],
    ['a missing kind', valid.replace('kind: onnx, ', ''), /^sweep\.yaml:5:\d+$/, /kind: missing; use .*onnx/],
    [
      'a backend that is not defined',
      `${valid}  backend: [tiny, tinny]\n`,
      'sweep.yaml:9:19',
      /"tinny" is not defined; use tiny \(did you mean "tiny"\?\)/,
    ],
    ['a bad language tag', valid.replace('en-US', 'English!'), /^sweep\.yaml:7:14$/, /BCP 47/],
    ['an empty file', '', 'sweep.yaml:1:1', /./],
  ])('points at %s', (_, text, where, message) => {
    const error = failure(text);
    if (typeof where === 'string') expect(error.where).toBe(where);
    else expect(error.where).toMatch(where);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
  });
});

it('refuses a secret that stands in the file, and does not repeat it', () => {
  const text = `name: t
corpora: { c: { path: x } }
backends: { h: { kind: fal, key: literal-secret } }
matrix: { language: en-US }
`;
  expect(() => parseConfig(text, 't.yaml')).toThrow(
    /^backends\.h\.key: (?!.*literal-secret).*a secret stands in the file/,
  );
});

describe('resolveReferences', () => {
  it('replaces references at any depth and leaves the rest alone', () => {
    const value = { key: '${SECRET}', list: ['a${SECRET}b', 3], deep: { none: null } };
    expect(resolveReferences(value, { SECRET: 'xyz' })).toEqual({
      key: 'xyz',
      list: ['axyzb', 3],
      deep: { none: null },
    });
  });

  it('names the variable that is not set', () => {
    expect(() => resolveReferences('${ABSENT}', {})).toThrow(/ABSENT is not set/);
  });
});

describe('the JSON Schema for editors', () => {
  it('is the one that is committed', () => {
    const committed = JSON.parse(
      readFileSync(new URL('../configs/earshot.schema.json', import.meta.url), 'utf8'),
    ) as unknown;
    expect(configJsonSchema()).toEqual(committed);
  });
});
