import { createHash } from 'node:crypto';

/** Brings one request to whoever answers it. `asked` names the host as the official client does. */
export type Send = (asked: URL, init: RequestInit) => Promise<Response>;

/** A line of a recording: one request and what came of it. Of the request's headers nothing is kept. */
export interface RecordedExchange {
  readonly request: RequestKey;
  /** The network's word for why no answer came; the rest is then absent. */
  readonly failure?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly headersAfterMs?: number;
  /** The body in the pieces in which it came; times count from the sending. */
  readonly pieces?: readonly { readonly afterMs: number; readonly text: string }[];
  /** True where the body broke off. */
  readonly isTorn?: boolean;
}

/** What tells one request from another. */
export interface RequestKey {
  readonly method: string;
  readonly url: string;
  /** Digest of the body; `null` without one. */
  readonly bodySha256: string | null;
}

/** The same request has the same key when it is recorded and when it is replayed. */
export async function requestKey(asked: URL, { method = 'GET', body }: RequestInit): Promise<RequestKey> {
  const hash = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const isEmpty = body === undefined || body === null;
  const sent = isEmpty ? null : typeof body === 'string' ? withoutSignatures(body) : await bytesOf(body);
  return { method, url: withoutSignatures(asked.href), bodySha256: sent === null ? null : hash(sent) };
}

async function bytesOf(body: NonNullable<RequestInit['body']>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/** Addresses of stored files may carry what lets their reader in; those of the host's own interfaces carry questions. */
export function withoutSignatures(text: string): string {
  return text.replace(/(https?:\/\/([^/"\s?]+)[^"\s?]*)\?[^"\s]*/g, (whole, address: string, host: string) => {
    return /^(queue\.fal\.run|fal\.run|rest\.fal\.ai|api\.fal\.ai)$/.test(host) ? whole : address;
  });
}
