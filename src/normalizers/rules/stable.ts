import type { Rule } from '../normalizer.ts';

/** More rounds than any text needs; a text that still changes then is left as it is. */
const MOST_ROUNDS = 8;

/**
 * The rules for numbers once more while they change a text with digits: what number words become may stand beside other digits,
 * and is then read as digits are. So a normalized text is one that normalizing leaves alone.
 */
export function untilStable(rules: readonly Rule[]): Rule {
  return {
    name: 'until-stable',
    data: MOST_ROUNDS.toString(),
    apply: (text) => {
      if (!/\d/u.test(text)) return text;
      let result = text;
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const next = rules.reduce((partly, rule) => rule.apply(partly), result);
        if (next === result) break;
        result = next;
      }
      return result;
    },
  };
}
