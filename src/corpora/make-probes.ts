import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeAudio } from '../audio/decode-audio.ts';
import { atSpeed, byTelephone, PROBE_RATE, scaled, tone, whiteNoise, withNoise } from '../audio/probe-signals.ts';
import { writeWav } from '../audio/write-wav.ts';
import { UserError } from '../errors.ts';
import type { Utterance } from '../types.ts';

/** What is done to a clip, and by how much. */
interface Probe {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly samples: Float32Array;
  /** What ffmpeg encodes the file with; a WAV without. */
  readonly codec?: { readonly extension: string; readonly args: readonly string[] };
}

const codecs = [
  { name: 'mp3-32k', bitRateKbps: 32, extension: '.mp3', args: ['-c:a', 'libmp3lame', '-b:a', '32k'] },
  { name: 'opus-16k', bitRateKbps: 16, extension: '.opus', args: ['-c:a', 'libopus', '-b:a', '16k'] },
  { name: 'opus-8k', bitRateKbps: 8, extension: '.opus', args: ['-c:a', 'libopus', '-b:a', '8k'] },
];

/**
 * Writes a corpus of probes: sounds without speech, whose words are all made up, and clips made worse by stated steps.
 * The same seed gives the same samples; codecs are left out where ffmpeg is not installed.
 *
 * @returns how many were written.
 */
export async function makeProbes(clips: AsyncIterable<Utterance>, folder: string, seed: number): Promise<number> {
  if (existsSync(folder)) throw new UserError(`${folder} is there already; name a new folder`);
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(`${folder}-`);
  const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
  const languages = new Set<string>();
  let count = 0;
  try {
    await mkdir(join(staging, 'audio'));
    const write = async (id: string, language: string, reference: string, probe: Probe, more: object = {}) => {
      const file = `audio/${id}-${probe.name}${probe.codec?.extension ?? '.wav'}`;
      await writeProbe(join(staging, file), probe);
      const duration = Math.round((probe.samples.length / PROBE_RATE) * 1e4) / 1e4;
      const row = { id: `${id}-${probe.name}`, audio_filepath: file, duration, text: reference, lang: language };
      await appendFile(
        join(staging, 'manifest.jsonl'),
        `${JSON.stringify({ ...row, ...more, ...probe.attributes })}\n`,
      );
      count++;
    };
    for await (const clip of clips) {
      const { samples } = await decodeAudio(clip.audio);
      if (!languages.has(clip.language)) {
        languages.add(clip.language);
        for (const probe of speechless(seed)) await write(clip.language, clip.language, '', probe);
      }
      const more = { speaker: clip.speaker, sentence_id: clip.sentence ?? clip.id };
      for (const probe of worsened(samples, seed + count, hasFfmpeg)) {
        await write(clip.id.replaceAll('/', '-'), clip.language, clip.reference, probe, more);
      }
    }
    if (count === 0) throw new UserError('no clips to make probes of; give a corpus with usable rows');
    const card = {
      description: 'Probes: sounds without speech, and clips made worse by stated steps',
      license: 'not stated',
    };
    await writeFile(join(staging, 'corpus.json'), JSON.stringify({ ...card, synthetic: true }, null, 2));
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return count;
}

function* speechless(seed: number): Generator<Probe> {
  for (const seconds of [5, 30]) {
    const samples = new Float32Array(seconds * PROBE_RATE);
    yield { name: `silence-${seconds}s`, attributes: { probe: 'silence' }, samples };
  }
  const length = 10 * PROBE_RATE;
  for (const dbfs of [-50, -30]) {
    const samples = scaled(whiteNoise(length, seed), 10 ** (dbfs / 20));
    yield { name: `noise${dbfs}dbfs`, attributes: { probe: 'noise-alone', levelDbfs: dbfs }, samples };
  }
  for (const hz of [440, 1000])
    yield { name: `tone-${hz}hz`, attributes: { probe: 'tone', hz }, samples: tone(length, hz) };
}

function* worsened(samples: Float32Array, seed: number, hasFfmpeg: boolean): Generator<Probe> {
  yield { name: 'clean', attributes: { probe: 'clean' }, samples };
  for (const snrDb of [20, 10, 5, 0]) {
    const noisy = withNoise(samples, snrDb, seed);
    yield { name: `snr-${snrDb}db`, attributes: { probe: 'noise', snr_db: snrDb }, samples: noisy };
  }
  for (const ms of [100, 300, 600]) {
    const cut = (ms / 1000) * PROBE_RATE;
    if (samples.length <= 2 * cut) continue;
    yield {
      name: `start-${ms}ms`,
      attributes: { probe: 'clipped-start', clippedMs: ms },
      samples: samples.subarray(cut),
    };
    yield {
      name: `end-${ms}ms`,
      attributes: { probe: 'clipped-end', clippedMs: ms },
      samples: samples.subarray(0, -cut),
    };
  }
  for (const speed of [0.8, 0.9, 1.1, 1.25]) {
    yield { name: `speed-${speed}`, attributes: { probe: 'speed', speed }, samples: atSpeed(samples, speed) };
  }
  const telephone = { probe: 'codec', codec: 'telephone', bitRateKbps: 64 };
  yield { name: 'telephone', attributes: telephone, samples: byTelephone(samples) };
  if (!hasFfmpeg) return;
  for (const { name, bitRateKbps, ...codec } of codecs) {
    yield { name, attributes: { probe: 'codec', codec: name, bitRateKbps }, samples, codec };
  }
}

async function writeProbe(path: string, { samples, codec }: Probe): Promise<void> {
  const wav = writeWav(samples, PROBE_RATE);
  if (codec === undefined) {
    await writeFile(path, wav);
    return;
  }
  const args = ['-nostdin', '-v', 'error', '-f', 'wav', '-i', 'pipe:0', ...codec.args, path];
  const { status, stderr } = spawnSync('ffmpeg', args, { input: wav });
  if (status !== 0)
    throw new UserError(`ffmpeg cannot write ${path}: ${stderr.toString().trim().split('\n').at(-1) ?? ''}`);
}
