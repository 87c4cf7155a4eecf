import type { PackedErrors } from '../packed.ts';
import type { PageErrors } from './errors.ts';

/** Prepares packed results for looking up. Runs in the page: it may use nothing but its parameter. */
export function unpack(packed: PackedErrors): PageErrors {
  const { results, readingLengths } = packed;
  const places = results.edits.length;
  const settings = packed.settings.length;
  const errors: PageErrors = {
    packed,
    utterances: packed.utterances.id.length,
    settings,
    readingStart: new Int32Array(readingLengths.length + 1),
    editStart: new Int32Array(places + 1),
    errors: Int32Array.from(results.edits),
    length: new Int32Array(places),
    kinds: new Uint8Array(places),
    classes: new Int32Array(places),
  };
  for (let reading = 0; reading < readingLengths.length; reading++) {
    errors.readingStart[reading + 1] = errors.readingStart[reading]! + readingLengths[reading]!;
  }
  for (let place = 0; place < places; place++) {
    const start = errors.editStart[place]!;
    const end = start + results.edits[place]!;
    errors.editStart[place + 1] = end;
    const reading = results.reading[place]!;
    errors.length[place] = reading === -1 ? 0 : readingLengths[reading]!;
    for (let at = start * 4; at < end * 4; at += 4) {
      errors.kinds[place]! |= 1 << results.edit[at + 1]!;
      const errorClass = results.edit[at + 3]!;
      if (errorClass !== -1) errors.classes[place]! |= 1 << errorClass;
    }
  }
  return errors;
}
