import type { PageErrors } from './errors.ts';

/**
 * A setting whose transcript stands for all: at least two settings answered, all with the same normalized transcript,
 * which differs from the reference. −1 where that is not so. Runs in the page: it may use nothing but its parameters.
 */
export function agreementOf(errors: PageErrors, chosen: readonly number[], utterance: number): number {
  const { packed, settings, editStart } = errors;
  const { edit, status, reading } = packed.results;
  let first = -1;
  let answers = 0;
  for (const setting of chosen.length > 0 ? chosen : packed.settings.keys()) {
    const place = utterance * settings + setting;
    if (status[place] === '-') continue;
    if (errors.errors[place] === 0 || status[place] !== 'o') return -1;
    answers++;
    if (first === -1) {
      first = setting;
      continue;
    }
    const other = utterance * settings + first;
    if (reading[place] !== reading[other] || errors.errors[place] !== errors.errors[other]) return -1;
    for (let at = 0; at < 4 * errors.errors[place]!; at++) {
      // The class of an error, the last of four numbers, is no part of what was heard.
      if (at % 4 !== 3 && edit[4 * editStart[place]! + at] !== edit[4 * editStart[other]! + at]) return -1;
    }
  }
  return answers > 1 ? first : -1;
}
