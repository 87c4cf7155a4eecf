import { describe, expect, it } from 'vitest';
import { primaryLanguage } from './language.ts';
import { characters, countUnspacedWords, words } from './tokens.ts';
import { hasSpacedWords, primaryUnitOf } from './units.ts';

describe('words', () => {
  it('split at white space of any kind', () => {
    expect(words(' a\tb\u00A0c\u3000d\n')).toEqual(['a', 'b', 'c', 'd']);
    expect(words('')).toEqual([]);
  });
});

describe('characters', () => {
  it('are code points: a letter outside the basic plane is one', () => {
    expect(characters('𠮷野')).toEqual(['𠮷', '野']);
  });

  it('are composed first, so that two codings of é are one character', () => {
    expect(characters('e\u0301')).toEqual(['é']);
  });

  it('leave out spaces, so that a segmented reference scores like any other', () => {
    expect(characters('我 有 苹果')).toEqual(characters('我有苹果'));
  });
});

describe('words without spaces', () => {
  it('are counted by the dictionary, and punctuation is none', () => {
    expect(countUnspacedWords('今天天气很好。', 'zh-CN')).toBe(3);
    expect(countUnspacedWords('สวนสาธารณะ', 'th')).toBe(2);
    expect(countUnspacedWords('', 'ja')).toBe(0);
  });
});

describe('primary unit', () => {
  it.each(['zh', 'cmn-Hans-CN', 'yue', 'ja-JP', 'th', 'lo', 'my', 'km', 'zh_tw'])('%s counts characters', (tag) => {
    expect(primaryUnitOf(tag)).toBe('character');
    expect(hasSpacedWords(tag)).toBe(false);
  });

  it.each(['en', 'ko', 'vi', 'ar', 'und', 'pt-BR', ''])('"%s" counts words', (tag) => {
    expect(primaryUnitOf(tag)).toBe('word');
  });
});

describe('primary language', () => {
  it.each([
    ['pt-BR', 'pt'],
    ['EN_us', 'en'],
    ['cmn', 'zh'],
    ['nb-NO', 'no'],
    ['yue-Hant-HK', 'yue'],
    ['', 'und'],
  ])('of "%s" is %s', (tag, language) => {
    expect(primaryLanguage(tag)).toBe(language);
  });
});
