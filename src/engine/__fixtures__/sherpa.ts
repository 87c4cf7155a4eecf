import { join } from 'node:path';
import { OnlineRecognizer, type SherpaRecognizer } from 'sherpa-onnx-node';

const SAMPLE_RATE = 16_000;

/** The peer of the engine, with the same export loaded. */
export function openSherpa(
  folder: string,
  { melCount, threads }: { readonly melCount: number; readonly threads: number },
): SherpaRecognizer {
  const [encoder, decoder, joiner] = ['encoder', 'decoder', 'joiner'].map((name) => join(folder, `${name}.onnx`));
  const modelConfig = {
    transducer: { encoder, decoder, joiner },
    tokens: join(folder, 'tokens.txt'),
    numThreads: threads,
    provider: 'cpu',
    debug: 0,
  };
  return new OnlineRecognizer({ featConfig: { sampleRate: SAMPLE_RATE, featureDim: melCount }, modelConfig });
}

/** What it hears in samples at 16 kHz. */
export function sherpaText(recognizer: SherpaRecognizer, samples: Float32Array, language: string): string {
  const stream = recognizer.createStream();
  stream.setOption('language', language);
  stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
  stream.inputFinished();
  while (recognizer.isReady(stream)) recognizer.decode(stream);
  return recognizer.getResult(stream).text.replace(/ +/g, ' ').trim();
}
