import type { agreementOf } from './agreement.ts';
import type { PageErrors, PageQuery } from './errors.ts';

/**
 * The utterances that a query shows, in the order of the page. What is asked of a result has to hold in one of the
 * settings that count. Runs in the page: it may use nothing but its parameters.
 */
export function filterUtterances(errors: PageErrors, query: PageQuery, agreement: typeof agreementOf): Int32Array {
  const { packed, settings } = errors;
  const { utterances, results, texts, tokens } = packed;
  const chosen = query.settings.length > 0 ? query.settings : packed.settings.map((_, setting) => setting);

  const needle = query.text.trim().toLowerCase();
  const textHas = needle === '' ? null : Uint8Array.from(texts, (text) => Number(text.toLowerCase().includes(needle)));
  const hasText = (utterance: number): boolean =>
    textHas === null ||
    textHas[utterances.reference[utterance]!] === 1 ||
    utterances.id[utterance]!.toLowerCase().includes(needle) ||
    chosen.some((setting) => {
      const place = utterance * settings + setting;
      return results.status[place] !== '-' && textHas[results.text[place]!] === 1;
    });

  const isWithin = (value: number | null, low: number | null, high: number | null): boolean =>
    (low === null && high === null) || (value !== null && value >= (low ?? -Infinity) && value <= (high ?? Infinity));

  const outcomes: Readonly<Record<string, (place: number) => boolean>> = {
    s: (place) => (errors.kinds[place]! & 1) !== 0,
    d: (place) => (errors.kinds[place]! & 2) !== 0,
    i: (place) => (errors.kinds[place]! & 4) !== 0,
    none: (place) => results.status[place] === 'o' && errors.errors[place] === 0,
    empty: (place) => results.status[place] === 'e',
    failed: (place) => results.status[place] === 'f',
  };
  const outcome = outcomes[query.outcome];

  // −2 stands for a token that does not occur at all.
  const numberOf = (token: string | null): number => {
    if (token === null) return -1;
    const number = tokens.indexOf(token);
    return number === -1 ? -2 : number;
  };
  const edit = query.edit && [numberOf(query.edit.reference), numberOf(query.edit.hypothesis)];
  const lostToken = query.lost === null ? -2 : numberOf(query.lost.word);

  /** Calls back with the reference token, or −1, and the heard one of each edit until one is what is looked for. */
  const someEdit = (place: number, isWanted: (reference: number, hypothesis: number) => boolean): boolean => {
    const reading = results.reading[place]!;
    if (reading === -1) return false;
    let at = errors.readingStart[reading]!;
    for (let index = errors.editStart[place]! * 4; index < errors.editStart[place + 1]! * 4; index += 4) {
      at += results.edit[index]!;
      const isInsertion = results.edit[index + 1] === 2;
      if (isWanted(isInsertion ? -1 : packed.readingTokens[at++]!, results.edit[index + 2]!)) return true;
    }
    return false;
  };

  const matches = (place: number): boolean =>
    results.status[place] !== '-' &&
    (outcome === undefined || outcome(place)) &&
    (query.errorClass === -1 || (errors.classes[place]! & (1 << query.errorClass)) !== 0) &&
    (query.flag === -1 || (results.flags[place]! & (1 << query.flag)) !== 0) &&
    (edit === null || someEdit(place, (reference, hypothesis) => reference === edit[0] && hypothesis === edit[1]));

  const isLost = (utterance: number): boolean => {
    if (query.lost === null) return true;
    const loses = (setting: number): boolean =>
      someEdit(utterance * settings + setting, (reference) => reference === lostToken);
    const isAnswered = results.reading[utterance * settings + query.lost.heardBy] !== -1;
    return isAnswered && loses(query.lost.lostBy) && !loses(query.lost.heardBy);
  };

  const shown: number[] = [];
  for (let utterance = 0; utterance < errors.utterances; utterance++) {
    if (query.language !== -1 && utterances.language[utterance] !== query.language) continue;
    if (query.speaker !== -1 && utterances.speaker[utterance] !== query.speaker) continue;
    if (!isWithin(utterances.seconds[utterance]!, query.minSeconds, query.maxSeconds)) continue;
    if (!isWithin(utterances.snrDb[utterance]!, query.minSnrDb, query.maxSnrDb)) continue;
    if (!chosen.some((setting) => matches(utterance * settings + setting))) continue;
    if (!hasText(utterance) || !isLost(utterance)) continue;
    if (query.agreeing && agreement(errors, query.settings, utterance) === -1) continue;
    shown.push(utterance);
  }
  return Int32Array.from(shown);
}
