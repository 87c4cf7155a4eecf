import { expect, it } from 'vitest';
import { markedWords } from './marked-words.ts';

const listed = (text: string, language = 'en'): string[] =>
  markedWords(text, language).map(({ folded, mark }) => folded + (mark ?? ''));

it('finds the mark behind each word, quotes and brackets aside', () => {
  expect(listed('“Well,” he said (softly). Really?!')).toEqual(['well,', 'he', 'said', 'softly.', 'really.']);
});

it('leaves marks inside words to them', () => {
  expect(listed("It's 3.14, e.g. here")).toEqual(["it's", '3.14,', 'e.g.', 'here']);
});

it('takes marks that stand alone for the word before', () => {
  expect(listed('Pourquoi ? Oui .', 'fr')).toEqual(['pourquoi?', 'oui.']);
  expect(listed('— hello')).toEqual(['hello']);
});

it('knows marks of other scripts, and characters as words', () => {
  expect(listed('今日は、雨。', 'ja')).toEqual(['今', '日', 'は,', '雨.']);
  expect(listed('कैसे हो? ठीक है।', 'hi')).toEqual(['कैसे', 'हो?', 'ठीक', 'है.']);
  expect(listed('كيف؟', 'ar')).toEqual(['كيف?']);
});

it('keeps how words were written', () => {
  expect(markedWords('Hello World', 'en').map((word) => word.written)).toEqual(['Hello', 'World']);
});
