import type { ModelContract } from './contract.ts';

/** Index of each language's prompt in Nemotron 3.5 ASR, spelled as NVIDIA does. Exports that carry their own go before. */
export const TRAINED_PROMPTS: Readonly<Record<string, number>> = promptTable(`
  0 en-US en, 1 en-GB enGB, 2 es-ES esES, 3 es-US es, 4 zh-CN zh-ZH, 5 zh-TW, 6 hi-IN hi hi-HI, 7 ar-AR ar, 8 fr-FR fr,
  9 de-DE de, 10 ja-JP ja-JA, 11 ru-RU ru, 12 pt-BR, 13 pt-PT pt, 14 ko-KR ko ko-KO, 15 it-IT it, 16 nl-NL nl,
  17 pl-PL pl, 18 tr-TR tr, 19 uk-UA uk, 20 ro-RO ro, 21 el-GR el, 22 cs-CZ cs, 23 hu-HU hu, 24 sv-SE sv, 25 da-DK da,
  26 fi-FI fi, 27 no-NO no, 28 sk-SK sk, 29 hr-HR hr, 30 bg-BG bg, 31 lt-LT lt, 32 th-TH, 33 vi-VN, 34 id-ID, 35 ms-MY,
  36 bn-IN, 37 ur-PK, 38 fa-IR, 39 ta-IN, 40 te-IN, 41 mr-IN, 42 gu-IN, 43 kn-IN, 44 ml-IN, 45 si-LK, 46 ne-NP,
  47 km-KH, 48 sw-KE, 49 am-ET, 50 ha-NG, 51 zu-ZA, 52 yo-NG, 53 ig-NG, 54 af-ZA, 55 rw-RW, 56 so-SO, 57 ny-MW,
  58 ln-CD, 59 or-KE, 60 et-EE et, 61 lv-LV lv, 62 sl-SI sl, 64 he-IL, 65 ku-TR, 66 az-AZ, 67 ka-GE, 68 hy-AM,
  69 uz-UZ, 70 tg-TJ, 71 ky-KG, 80 qu-PE, 81 ay-BO, 82 gn-PY, 83 nah-MX, 96 mi-NZ, 97 haw-US, 98 sm-WS, 99 to-TO,
  100 fr-CA, 101 auto, 102 mt-MT, 103 nb-NO nb, 104 nn-NO nn`);

function promptTable(text: string): Record<string, number> {
  const rows = text.split(',').map((row) => row.trim().split(' '));
  return Object.fromEntries(rows.flatMap(([index, ...keys]) => keys.map((key) => [key, Number(index)])));
}

/** Whether a value read from JSON gives each language an index. */
export function isPromptDictionary(value: unknown): value is Record<string, number> {
  return typeof value === 'object' && value !== null && Object.values(value).every(Number.isInteger);
}

type PromptFacts = Pick<ModelContract, 'prompts' | 'languages' | 'supportsAuto'>;

/** What a dictionary of prompts, `auto` in it where the model can find the language, says of a model; `null` for none. */
export function promptFacts(dictionary: Readonly<Record<string, number>> | null): PromptFacts {
  if (dictionary === null) return { prompts: null, languages: null, supportsAuto: false };
  return {
    prompts: new Map(Object.entries(dictionary).map(([name, index]) => [name.toLowerCase(), index])),
    languages: Object.keys(dictionary).filter((name) => name !== 'auto'),
    supportsAuto: 'auto' in dictionary,
  };
}
