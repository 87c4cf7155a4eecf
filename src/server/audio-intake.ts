import { lookup } from 'node:dns';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { FileStore } from './file-store.ts';
import { badField, Refusal } from './refusal.ts';

export interface IntakeLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Whether audio may be fetched from this machine and its networks. */
  readonly allowsPrivateUrls: boolean;
}

const mostRedirects = 5;

/** The host maps the type to a file extension and knows WAV by the first of these alone. */
const dataTypes = new Set(['audio/x-wav', 'audio/mpeg', 'audio/flac', 'audio/x-flac', 'video/webm']);

/** Brings in the audio that a request names: a data URI, a file of this server, or a public URL. */
export async function takeIn(url: string, store: FileStore, origin: string, limits: IntakeLimits): Promise<Buffer> {
  if (url.startsWith('data:')) return fromDataUri(url, limits);
  const own = /^\/files\/([\w-]+)(\/|$)/.exec(url.startsWith(origin) ? url.slice(origin.length) : '')?.[1];
  if (own !== undefined) {
    const bytes = store.read(own)?.bytes;
    if (bytes === undefined) throw undownloadable('the file is gone or has expired');
    return bytes;
  }
  return download(url, limits, mostRedirects);
}

function fromDataUri(url: string, { maxBytes }: IntakeLimits): Buffer {
  const [, type = '', data] = /^data:([^;,]*);base64,(.*)$/s.exec(url) ?? [];
  if (data === undefined || !dataTypes.has(type)) throw badField('audio_url', 'Unsupported data URL', 'value_error');
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

async function download(url: string, limits: IntakeLimits, redirectsLeft: number): Promise<Buffer> {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) throw undownloadable('not an http or https URL');
  const { maxBytes, timeoutMs, allowsPrivateUrls } = limits;
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  if (!allowsPrivateUrls && isIP(host) !== 0 && isPrivate(host)) throw undownloadable('its address is not public');
  const get = parsed.protocol === 'https:' ? getSecure : getPlain;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { signal: AbortSignal.timeout(timeoutMs), ...(allowsPrivateUrls ? {} : { lookup: publicLookup }) };
    get(parsed, options, resolve).on('error', (error) => reject(undownloadable(error.message)));
  });
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined && redirectsLeft > 0) {
    response.resume();
    return download(new URL(headers.location, parsed).href, limits, redirectsLeft - 1);
  }
  if (statusCode !== 200) {
    response.resume();
    throw undownloadable(`the other side answered ${statusCode}`);
  }
  return readAll(response, maxBytes).catch((error: unknown) => {
    throw error instanceof Refusal ? error : undownloadable((error as Error).message);
  });
}

/** Checks the addresses that the connection will really use: a check before it could be told another address. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) callback(error, '');
    else if (addresses.some(({ address }) => isPrivate(address))) callback(new Error('its address is not public'), '');
    else if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

const privateRanges = new BlockList();
for (const [net, prefix] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const),
]) {
  privateRanges.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['64:ff9b::', 96],
] as const) {
  privateRanges.addSubnet(net, prefix, 'ipv6');
}

function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPrivate(mapped);
  // IPv4 addresses in hexadecimal behind ::ffff: are not told apart; nobody publishes speech under one.
  if (/^::ffff:/i.test(address)) return true;
  return privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** @throws Refusal with 422 as soon as there is more than allowed. */
export async function readAll(source: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): Refusal {
  return badField('audio_url', `The file is larger than ${maxBytes} bytes`, 'file_too_large', { max_size: maxBytes });
}

function undownloadable(reason: string): Refusal {
  return badField('audio_url', `Failed to download the file: ${reason}`, 'file_download_error');
}
