import type { FalClient } from '@fal-ai/client';
import type { RequestTracking } from '../backend.ts';
import type { HostedRequest, ShownPartial, Spans } from '../../types.ts';
import { asFailure, type FailureContext, type Phase } from './failures.ts';
import type { Wire } from './wire.ts';

/** Everything that a transport needs to put one clip through an endpoint. */
export interface Call {
  readonly client: FalClient;
  readonly wire: Wire;
  readonly endpointId: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly tracking: RequestTracking | undefined;
  readonly onPartial: ((text: string) => void) | undefined;
  /** How the queue is watched: by its event stream, or by asking every so many milliseconds. */
  readonly pollIntervalMs: number | null;
  /** Longest time to wait for one answer. */
  readonly patienceMs: number;
  readonly failure: Omit<FailureContext, 'phase' | 'resumeId'>;
  /** Monotonic. */
  readonly now: () => number;
  /** The transcript in an output; `null` if there is none. */
  readonly textOf: (output: unknown) => string | null;
}

/** What came back. */
export interface Reply {
  readonly text: string;
  readonly partials: readonly ShownPartial[] | null;
  readonly latencyMs: number | null;
  readonly spans: Spans;
  readonly hosted: Pick<HostedRequest, 'requestId' | 'resumed' | 'roundTripMs'>;
}

/** Runs one step of a call; what it throws becomes a `BackendError` of that phase. */
export async function during<Result>(
  call: Call,
  phase: Phase,
  resumeId: string | null,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw asFailure(call.wire.failure ?? error, { ...call.failure, phase, resumeId });
  }
}
