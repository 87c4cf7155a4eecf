import type { NumberLexicon } from './lexicon.ts';

/** What has been read of a number. */
export interface State {
  /** Finished thousands, millions and so on. */
  total: number;
  /** What may still be multiplied. */
  current: number;
  /** The last multiplier, which the next one has to be smaller than or multiply in turn. */
  scale: number;
  /** Value of the last word; `null` before the first. */
  last: number | null;
}

/** Nothing read yet. */
export const emptyState = (): State => ({ total: 0, current: 0, scale: Infinity, last: null });

/** Takes a value in if there is an open place for it: units behind tens, tens behind hundreds. */
export function take(state: State, value: number, lexicon: NumberLexicon): boolean {
  if (state.last !== null && !fitsInto(state, value, lexicon)) return false;
  const fourTwenties = lexicon.vigesimal === true && state.last === 4 && value === 20;
  if (value < 1000) {
    state.current += fourTwenties ? 76 : value;
  } else {
    state.total += value - (value % 1000);
    state.current = value % 1000;
    state.scale = value % 1e9 === 0 ? 1e9 : value % 1e6 === 0 ? 1e6 : 1000;
  }
  state.last = value;
  return true;
}

/** Whether a value may follow what has been read. */
export function fitsInto({ current, scale, last }: State, value: number, lexicon: NumberLexicon): boolean {
  const { vigesimal = false, tenTakesUnits = false, unitsFirst = false } = lexicon;
  if (last === 0 || value === 0) return false;
  const open = current % 100;
  if (value >= 1000) return current === 0 && value < scale;
  if (value >= 100) return current === 0;
  if (vigesimal && value === 20 && last === 4) return open === 4;
  if (vigesimal && last === 10 && value >= 7 && value <= 9) return true;
  if (unitsFirst && value >= 20 && value % 10 === 0 && open > 0 && open < 10) return true;
  if (value >= 10) return open === 0 || (vigesimal && value < 20 && (open === 60 || open === 80));
  return open === 0 || (open >= (tenTakesUnits ? 10 : 20) && open % 10 === 0);
}

/** Makes a teen of the digit before: Arabic "خمسة عشر". */
export function takeTeen(state: State): boolean {
  const { current, last } = state;
  if (last === null || last < 1 || last > 9 || current % 100 !== last) return false;
  state.current += 10;
  state.last = last + 10;
  return true;
}

/** Multiplies the digit before by ten: Vietnamese "hai mươi". */
export function takeTens(state: State): boolean {
  const { current, last } = state;
  if (last === null || last < 2 || last > 9 || current % 100 !== last) return false;
  state.current += last * 9;
  state.last = last * 10;
  return true;
}

/** Multiplies what stands before by a hundred. */
export function takeHundred(state: State): boolean {
  const { current, last } = state;
  if (last === 0 || current >= 100) return false;
  state.current = current === 0 ? 100 : current * 100;
  state.last = 100;
  return true;
}

/** Multiplies what stands before by thousand, million and so on. */
export function takeScale(state: State, scale: number): boolean {
  const { total, current, last } = state;
  if (last === 0 || scale === state.scale) return false;
  if (scale < state.scale) {
    state.total = total + (current === 0 ? 1 : current) * scale;
  } else {
    state.total = (total + current) * scale;
  }
  state.current = 0;
  state.scale = scale;
  state.last = scale;
  return true;
}
