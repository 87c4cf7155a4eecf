import { BackendError, UserError } from '../errors.ts';

/** Outside a sweep, what a backend cannot do is for the user to mend. */
export function explainFailure(error: unknown): never {
  throw error instanceof BackendError ? new UserError(error.message) : error;
}
