import { UserError } from '../errors.ts';
import { normalizers, type NormalizerName } from '../normalizers/index.ts';
import type { Normalizer } from '../normalizers/normalizer.ts';
import { nearest } from '../text/nearest.ts';

/** @throws UserError naming the normalizers that there are. */
export function normalizerOption(name: unknown): Normalizer {
  if (typeof name === 'string' && Object.hasOwn(normalizers, name)) return normalizers[name as NormalizerName];
  const names = Object.keys(normalizers);
  const close = nearest(String(name), names);
  throw new UserError(
    `--normalizer ${String(name)}: use ${names.join(', ')}${close === null ? '' : ` (did you mean ${close}?)`}`,
  );
}
