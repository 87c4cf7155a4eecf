import type { createFalClient, FalClient } from '@fal-ai/client';
import { BackendError, UserError } from '../../errors.ts';
import type { AudioSource, HostedRequest, Hypothesis, RecognizerInfo, Spans } from '../../types.ts';
import type { Recognizer, TranscribeOptions } from '../backend.ts';
import { joinLimit, type SharedLimit } from './account-limits.ts';
import type { Call, Reply } from './call.ts';
import { checkPublished, publishedUrl, type PublishedFolder } from './clip-url.ts';
import { readClip, type SentClip } from './clip.ts';
import { listCostUsd, type Endpoint } from './endpoints.ts';
import type { Send } from './exchange-key.ts';
import { asFailure, billableUnits } from './failures.ts';
import { transcribeByQueue } from './queue-transport.ts';
import { transcribeByRun } from './run-transport.ts';
import type { FalSettings } from './settings.ts';
import { transcribeByStream } from './stream-transport.ts';
import { uploadsAt, type UploadCache } from './uploads.ts';
import { localKey, Wire, type Exchange } from './wire.ts';

const transports = { run: transcribeByRun, queue: transcribeByQueue, stream: transcribeByStream };
const msPerHour = 3_600_000;

export interface FalRecognizerOptions {
  readonly settings: FalSettings;
  readonly endpoint: Endpoint;
  readonly key: string;
  readonly cacheFile: string | null;
  readonly send: Send;
  /** Takes the key out of what others wrote. */
  readonly redact: (text: string) => string;
  /** For clips that are given by URL. */
  readonly published: PublishedFolder;
  readonly createClient: typeof createFalClient;
}

/** A connection to one endpoint. Each call has a client of its own, whose only way to the network is that call's wire. */
export class FalRecognizer implements Recognizer {
  readonly info: RecognizerInfo;
  readonly #options: FalRecognizerOptions;
  readonly #uploads: UploadCache;
  readonly #credentials: string;
  readonly #shared: SharedLimit;
  readonly #checks = new Map<string, Promise<void>>();
  #sent = 0;
  #isWarm = false;

  constructor(options: FalRecognizerOptions) {
    const { settings, endpoint, cacheFile } = options;
    const { replay, target } = settings;
    const place = replay ?? target ?? 'fal';
    this.#options = options;
    this.#credentials = target === undefined && replay === undefined ? options.key : localKey;
    this.#uploads = uploadsAt(place, cacheFile, settings.record ?? null);
    this.#shared = joinLimit({ place, key: this.#credentials }, settings.arrivals ? Infinity : settings.concurrency);
    const asked = target === undefined ? 'hosted by fal' : `at ${new URL(target).origin}`;
    const where = replay === undefined ? asked : 'replayed from a recording';
    this.info = {
      model: endpoint.id,
      description: `${where}, transport ${settings.transport}, list price as of ${endpoint.price.asOf}`,
      modelSha256: null,
      precision: null,
      requestedProvider: null,
      effectiveProvider: null,
      threads: null,
      loadMs: null,
      peakMemoryMiB: null,
    };
  }

  async transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis> {
    const calledAtMs = performance.now();
    const clip = await readClip(audio).catch((error: unknown) => {
      throw error instanceof UserError ? new BackendError('audio', error.message, false) : error;
    });
    const decodedAtMs = performance.now();
    const { limit } = this.#shared;
    await limit.enter();
    let wasRefused = false;
    try {
      const clientWaitMs = performance.now() - decodedAtMs;
      return await this.#send(clip, audio, options, { decodeMs: decodedAtMs - calledAtMs, clientWaitMs });
    } catch (error) {
      wasRefused = error instanceof BackendError && error.kind === 'rate-limit';
      throw error;
    } finally {
      limit.leave(wasRefused);
    }
  }

  close(): Promise<RecognizerInfo> {
    this.#shared.leave();
    return Promise.resolve(this.info);
  }

  async #send(clip: SentClip, audio: AudioSource, options: TranscribeOptions, before: Spans): Promise<Hypothesis> {
    const { endpoint, settings } = this.#options;
    const { wire, client } = this.#connect();
    const language = endpoint.languageInput(options.language);
    if (language === null) {
      throw new BackendError('language', `endpoint ${endpoint.id} has no language ${options.language}`, false);
    }
    const { tracking, onPartial } = options;
    const isThere = (tracking?.resumeId ?? null) !== null;
    const audioUrl = isThere ? { url: '', spans: {}, isUploaded: true } : await this.#place(clip, audio, client, wire);
    const cold = this.#isCold();
    const call: Call = {
      client,
      wire,
      endpointId: endpoint.id,
      input: {
        audio_url: audioUrl.url,
        ...language,
        ...(endpoint.sendsAcceleration ? { acceleration: options.acceleration } : {}),
        ...endpoint.fairOptions,
      },
      tracking,
      onPartial,
      pollIntervalMs: settings.pollIntervalMs ?? null,
      patienceMs: settings.timeoutSeconds * 1000,
      failure: this.#failureContext(),
      now: () => performance.now(),
      textOf: (output) => {
        const text = (output as Record<string, unknown> | null)?.[endpoint.textField];
        return typeof text === 'string' ? text : null;
      },
    };
    try {
      const reply = await transports[settings.transport](call);
      this.#isWarm = true;
      const hosted = this.#hosted(wire, clip, cold, reply.hosted);
      return this.#hypothesis(reply, clip, { ...before, ...audioUrl.spans }, hosted);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      const isResumed = call.tracking?.resumeId !== undefined && call.tracking.resumeId !== null;
      const hosted = this.#hosted(wire, clip, cold, { resumed: isResumed });
      throw this.#explained(error, clip, audioUrl.isUploaded, hosted);
    }
  }

  /** Before the first answer, each lane meets connections that are not there yet, and perhaps a runner that starts. */
  #isCold(): boolean {
    const { arrivals, concurrency } = this.#options.settings;
    return !this.#isWarm && this.#sent++ < (arrivals ? 1 : concurrency);
  }

  #connect(): { wire: Wire; client: FalClient } {
    const { settings, send, createClient } = this.#options;
    const wire = new Wire({
      target: settings.target ?? null,
      send,
      timeoutMs: settings.timeoutSeconds * 1000,
      now: () => performance.now(),
      // Another endpoint's answer, or one that took the host two tries, would be measured as this one's.
      headers: {
        'x-app-fal-disable-fallback': 'true',
        'x-fal-store-io': '0',
        ...(settings.hostRetries ? {} : { 'x-fal-no-retry': '1' }),
      },
    });
    const client = createClient({
      credentials: this.#credentials,
      fetch: wire.fetch,
      suppressLocalCredentialsWarning: true,
    });
    return { wire, client };
  }

  #failureContext(): Call['failure'] {
    const { settings, endpoint, redact } = this.#options;
    return {
      endpoint: endpoint.id,
      host: settings.target === undefined ? 'fal' : new URL(settings.target).host,
      keyName: settings.target === undefined ? 'FAL_KEY' : null,
      redact,
      usdPerUnit: endpoint.price.usdPerUnit,
      resendsUnknown: settings.resendUnknown,
    };
  }

  /** Brings the clip to where the endpoint can read it; nothing of this counts as latency. */
  async #place(
    { wav, wavSha256 }: SentClip,
    audio: AudioSource,
    client: FalClient,
    wire: Wire,
  ): Promise<{ url: string; spans: Spans; isUploaded: boolean }> {
    const { settings } = this.#options;
    if (settings.send === 'url') return { url: await this.#published(audio), spans: {}, isUploaded: false };
    if (settings.send === 'inline' && wav.byteLength <= settings.inlineLimitBytes) {
      // The host knows WAV by this name alone.
      return { url: `data:audio/x-wav;base64,${Buffer.from(wav).toString('base64')}`, spans: {}, isUploaded: false };
    }
    const lifetimeMs = settings.uploadsExpireAfterHours * msPerHour;
    const upload = () => {
      const file = new File([wav], `${wavSha256.slice(0, 16)}.wav`, { type: 'audio/wav' });
      return client.storage.upload(file, { lifecycle: { expiresIn: Math.round(lifetimeMs / 1000) } });
    };
    try {
      const { url, isNew } = await this.#uploads.urlOf(wavSha256, lifetimeMs, upload);
      return { url, spans: isNew ? uploadSpans(wire) : {}, isUploaded: true };
    } catch (error) {
      const context = { ...this.#failureContext(), phase: 'upload', resumeId: null } as const;
      const { kind, message, retryable, facts } = asFailure(wire.failure ?? error, context);
      // Storing a clip is free.
      throw new BackendError(kind, message, retryable, { costUsd: 0, ...facts });
    }
  }

  /** Each file is held once against what its URL gives. */
  async #published(audio: AudioSource): Promise<string> {
    const { settings, published } = this.#options;
    const url = publishedUrl(audio, published);
    if (settings.replay !== undefined) return url;
    const check = this.#checks.get(url) ?? checkPublished(url, audio, settings.timeoutSeconds * 1000);
    this.#checks.set(url, check);
    await check.catch((error: unknown) => {
      this.#checks.delete(url);
      throw error;
    });
    return url;
  }

  /** Adds what is known of the request. A clip that the host cannot read any more is uploaded anew on the next try. */
  #explained(error: BackendError, { wavSha256 }: SentClip, isUploaded: boolean, hosted: HostedRequest): BackendError {
    const { kind, message, facts } = error;
    const isGone = isUploaded && kind === 'audio-download';
    if (isGone) this.#uploads.forget(wavSha256);
    const requestId = hosted.requestId ?? facts.resumeId ?? null;
    return new BackendError(kind, message, error.retryable || isGone, { ...facts, hosted: { ...hosted, requestId } });
  }

  #hosted(wire: Wire, clip: SentClip, cold: boolean, reply: Partial<Reply['hosted']>): HostedRequest {
    const { endpoint, settings } = this.#options;
    const { transport, pollIntervalMs = null } = settings;
    const headers = (wire.exchanges.at(-1) ?? failedExchange(wire))?.headers ?? new Headers();
    return {
      endpoint: endpoint.id,
      transport,
      requestId: headers.get('x-fal-request-id'),
      runnerId: headers.get('x-fal-served-from'),
      billableUnits: billableUnits(headers),
      listCostUsd: listCostUsd(endpoint.price, clip.durationSeconds),
      cold,
      resumed: false,
      watchedBy:
        transport === 'run' ? 'response' : transport === 'queue' && pollIntervalMs !== null ? 'poll' : 'events',
      pollIntervalMs: transport === 'queue' ? pollIntervalMs : null,
      roundTripMs: null,
      ...reply,
    };
  }

  #hypothesis(reply: Reply, clip: SentClip, before: Spans, hosted: HostedRequest): Hypothesis {
    const { usdPerUnit } = this.#options.endpoint.price;
    const { billableUnits: units } = hosted;
    return {
      text: reply.text,
      detectedLanguage: null,
      delivery: 'batch',
      partials: reply.partials,
      words: null,
      latencyMs: reply.latencyMs,
      spans: { ...before, ...reply.spans },
      costUsd: units === null || usdPerUnit === null ? null : units * usdPerUnit,
      audioSha256: clip.audioSha256,
      heardSeconds: clip.durationSeconds,
      hosted,
    };
  }
}

function failedExchange({ failure }: Wire): Exchange | null {
  return failure === null || failure instanceof BackendError ? null : failure.exchange;
}

function uploadSpans({ exchanges }: Wire): Spans {
  const durations = exchanges.map(({ sentAtMs, endedAtMs }) => endedAtMs - sentAtMs);
  const [uploadInitiateMs = 0, ...puts] = durations;
  const uploadPutMs = puts.reduce((sum, ms) => sum + ms, 0);
  return { uploadMs: uploadInitiateMs + uploadPutMs, uploadInitiateMs, uploadPutMs };
}
