import { expect, it } from 'vitest';
import { asFailure, type FailureContext } from './failures.ts';
import { NetworkFailure } from './wire.ts';

const context: FailureContext = {
  phase: 'submit',
  endpoint: 'e',
  host: 'fal',
  keyName: 'FAL_KEY',
  resumeId: null,
  redact: (text) => text,
  usdPerUnit: 1,
  resendsUnknown: false,
};

it.each(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED'])('takes %s for a wrong clock, and stops', (reason) => {
  const { kind, message, retryable, facts } = asFailure(new NetworkFailure(reason, false, null), context);
  expect([kind, retryable, facts.stopsBackend]).toEqual(['clock', false, true]);
  expect(message).toMatch(
    /^the certificate of fal is not valid now \(CERT_\w+\): this machine's clock says .*; set it/,
  );
});
