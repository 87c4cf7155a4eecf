import { casingPunctuation } from './casing-punctuation.ts';
import { compound } from './compound.ts';
import type { ErrorClass } from './error-class.ts';
import { numberFormat } from './number-format.ts';
import { other } from './other.ts';
import { sameStem } from './same-stem.ts';
import { soundsAlike } from './sounds-alike.ts';
import { spelling } from './spelling.ts';

/** In the order in which they are tried: the first that explains a difference names it. */
export const errorClasses = [
  casingPunctuation,
  numberFormat,
  compound,
  spelling,
  sameStem,
  soundsAlike,
  other,
] as const satisfies readonly ErrorClass[];
