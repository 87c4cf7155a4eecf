import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeAudio } from '../../audio/decode-audio.ts';
import { textAlone, type Recognizer } from '../../backends/backend.ts';
import type { AudioSource } from '../../types.ts';
import { faultsSchema } from '../faults.ts';
import { startServer, usualLimits, type RunningServer, type ServeOptions } from '../serve.ts';

/** Says what it heard in letters of several scripts: equal samples give equal text, and nothing else does. */
export function textFor(sha256: string): string {
  return `ok ${sha256.slice(0, 8)} – żółć 日本語 привет 👋`;
}

/** A recognizer whose every answer is a function of its input. */
export function deterministicRecognizer(): Recognizer {
  const info = {
    model: 'deterministic',
    description: 'answers with the digest of what it heard',
    modelSha256: null,
    precision: null,
    requestedProvider: null,
    effectiveProvider: null,
    threads: null,
    loadMs: null,
    peakMemoryMiB: null,
  };
  return {
    info,
    async transcribe(audio, { onPartial }) {
      const { sha256, durationSeconds } = await decodeAudio(audio);
      const text = textFor(sha256);
      onPartial?.(text.slice(0, 5));
      onPartial?.(text.slice(0, 15));
      return {
        text,
        ...textAlone,
        latencyMs: 0,
        spans: {},
        costUsd: null,
        audioSha256: sha256,
        heardSeconds: durationSeconds,
      };
    },
    close: () => Promise.resolve(info),
  };
}

/** A server on a free port of the loopback. */
export function serveLocally(faults: object = {}, over: Partial<ServeOptions> = {}): Promise<RunningServer> {
  return startServer({
    recognizer: deterministicRecognizer(),
    host: '127.0.0.1',
    port: 0,
    faults: faultsSchema.parse(faults),
    limits: { ...usualLimits, concurrency: 64 },
    ledgerFile: null,
    key: null,
    ...over,
  });
}

/** Writes clips of different noise, so short that nothing waits for them. */
export function writeClips(count: number, seconds = 0.1): readonly AudioSource[] {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-clips-'));
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `${index}.wav`);
    writeFileSync(path, noiseWav(`clip ${index}`, Math.round(seconds * 16_000)));
    return { path, offsetSeconds: 0, durationSeconds: null };
  });
}

function noiseWav(seed: string, sampleCount: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + sampleCount * 2, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(sampleCount * 2, 40);
  const blocks = Array.from({ length: Math.ceil((sampleCount * 2) / 32) }, (_, block) =>
    createHash('sha256').update(`${seed} ${block}`).digest(),
  );
  return Buffer.concat([header, Buffer.concat(blocks).subarray(0, sampleCount * 2)]);
}
