import { describe, expect, test } from 'vitest';
import { beginsWord, detokenize, parseVocabulary } from './tokens.ts';
import { wordsOf } from './transcription.ts';

const PIECES = [
  '<unk>',
  '▁Hel',
  'lo',
  '<en-US>',
  '.',
  '▁',
  '打',
  '开',
  '▁灯',
  'OK',
  '<0xE2>',
  '<0x82>',
  '<0xAC>',
  '<de>',
  '▁가',
];
const vocabulary = parseVocabulary([...PIECES, '<blk>'].map((piece, id) => `${piece} ${id}\n`).join(''), 'tokens.txt');

function text(...pieces: string[]): string {
  return detokenize(
    vocabulary,
    pieces.map((piece) => vocabulary.pieces.indexOf(piece)),
  );
}

describe('tokens.txt', () => {
  test('has the blank last and tags by their form', () => {
    expect(vocabulary.blank).toBe(PIECES.length);
    expect([...vocabulary.tags.values()]).toEqual(['en-US', 'de']);
  });

  test('may have a line that is only an id, for a space', () => {
    expect(parseVocabulary('a 0\n 1\n<blk> 2\n', 'tokens.txt').pieces).toEqual(['a', ' ', '<blk>']);
    expect(parseVocabulary('a 0\n1\n<blk> 2\n', 'tokens.txt').pieces).toEqual(['a', ' ', '<blk>']);
  });

  test.each([
    ['a 0\nb 2\n<blk> 3\n', 'tokens.txt has no `piece 1` on line 2 but "b 2"'],
    ['a 0\nb\n', 'tokens.txt has no `piece 1` on line 2 but "b"'],
    ['a 0\nb 1\n', 'tokens.txt ends with "b"; the last piece has to be <blk>'],
    ['', 'tokens.txt ends with ""'],
  ])('%j is an error', (content, message) => {
    expect(() => parseVocabulary(content, 'tokens.txt')).toThrow(message);
  });
});

test('tags that change within a stream, as those of auto may, are no words', () => {
  const pieces = ['▁Hel', 'lo', '<en-US>', '▁Hel', '<de>', 'lo', '<en-US>'];
  const tokens = pieces.map((piece, frame) => ({ id: vocabulary.pieces.indexOf(piece), frame }));
  expect(wordsOf({ vocabulary }, tokens).map(({ word, endSeconds }) => [word, endSeconds])).toEqual([
    ['Hello', 0.16],
    ['Hello', 0.48],
  ]);
});

describe('detokenizing', () => {
  test('turns ▁ into spaces and leaves tags, blanks and unknowns out', () => {
    expect(text('<en-US>', '▁Hel', 'lo', '<unk>', '.', '<de>', '<blk>')).toBe('Hello.');
    expect(text('▁Hel', 'lo', '▁', '▁Hel', 'lo')).toBe('Hello Hello');
    expect(text()).toBe('');
  });

  test('puts no spaces between Han characters but keeps those of Korean and around Latin', () => {
    expect(text('打', '开', '▁灯')).toBe('打开灯');
    expect(text('▁가', '▁가')).toBe('가 가');
    expect(text('▁灯', '▁Hel', 'lo')).toBe('灯 Hello');
  });

  test('joins byte pieces to characters and holds an unfinished one back', () => {
    expect(text('▁Hel', 'lo', '<0xE2>', '<0x82>', '<0xAC>', '.')).toBe('Hello€.');
    expect(text('▁Hel', 'lo', '<0xE2>', '<0x82>')).toBe('Hello');
  });
});

test('a word begins at a space and at each Han piece', () => {
  expect(['▁Hel', '▁灯', '打', ' '].every(beginsWord)).toBe(true);
  expect(['lo', '.', 'OK', '가'].some(beginsWord)).toBe(false);
});
