/** A public export of a streaming Nemotron model that the engine can run. */
export interface PublicModel {
  readonly name: string;
  /** Repository on the Hugging Face Hub, whose plain files make the model folder. */
  readonly repository: string;
  readonly description: string;
  readonly license: string;
  /** Milliseconds of audio per call of the encoder; these exports do one size each. */
  readonly chunkMs: number;
  readonly precision: 'fp32' | 'int8';
  /** Of all files together, rounded; the Hub states the exact sizes. */
  readonly approximateMib: number;
}

const MULTILINGUAL = {
  family: 'nemotron-3.5-asr-streaming-0.6b',
  description: 'Nemotron 3.5 ASR streaming 0.6B, 40 locales and auto',
  license: 'OpenMDW-1.1',
  date: '2026-06-11',
  chunksMs: [80, 160, 320, 560, 1120],
  int8Mib: 620,
};

const ENGLISH = {
  family: 'nemotron-speech-streaming-en-0.6b',
  description: 'Nemotron Speech streaming 0.6B, English',
  license: 'NVIDIA Open Model License',
  date: '2026-04-25',
  chunksMs: [80, 160, 560, 1120],
  int8Mib: 602,
};

const FP32_MIB = 2400;

/** Where model repositories lie. */
export const MODEL_HUB = 'https://huggingface.co';

/**
 * NVIDIA's models as k2-fsa exports them for sherpa-onnx. The same files are published as tar.bz2 archives in the
 * release `asr-models` of k2-fsa/sherpa-onnx; these repositories hold them one by one, so nothing has to be unpacked.
 */
export const publicModels: readonly PublicModel[] = [MULTILINGUAL, ENGLISH].flatMap((release) =>
  release.chunksMs.flatMap((chunkMs) =>
    (['int8', 'fp32'] as const).map((precision) => {
      const parts = [release.family, `${chunkMs}ms`, ...(precision === 'int8' ? ['int8'] : [])];
      return {
        name: parts.join('-'),
        repository: `csukuangfj2/sherpa-onnx-${parts.join('-')}-${release.date}`,
        description: release.description,
        license: release.license,
        chunkMs,
        precision,
        approximateMib: precision === 'int8' ? release.int8Mib : FP32_MIB,
      };
    }),
  ),
);
