import { compressible } from './compressible.ts';
import type { Hallucination } from './hallucination.ts';
import { repetition } from './repetition.ts';
import { textOnSilence } from './text-on-silence.ts';
import { tooLong } from './too-long.ts';
import { wrongScript } from './wrong-script.ts';

/** Every sign of hallucination, in the order of tables. An answer may show several. */
export const hallucinations = [
  textOnSilence,
  tooLong,
  repetition,
  compressible,
  wrongScript,
] as const satisfies readonly Hallucination[];
