import { createRequire } from 'node:module';
import { Bench } from 'tinybench';
import { LogMelFeatures } from '../src/engine/features.js';
import { seededRandom } from '../src/stats/random.js';
import { medianMs } from './rows.js';
const meyda = createRequire(import.meta.url)('meyda');
const SAMPLE_RATE = 16_000;
const SECONDS = 30;
const MELS = 128;
const HOP = 160;
const FRAME = 512;
/** Times log-mel features beside Meyda's mel bands: the same frames, transform size and number of bands. */
export async function suite() {
  const random = seededRandom(1);
  const samples = Float32Array.from({ length: SECONDS * SAMPLE_RATE }, () => random() - 0.5);
  const frame = new Float32Array(MELS);
  const ours = () => {
    const features = new LogMelFeatures(MELS);
    features.push(samples);
    features.finish();
    while (features.framesReady > 0) features.pull(frame, 0, 1);
  };
  Object.assign(meyda, { sampleRate: SAMPLE_RATE, bufferSize: FRAME, melBands: MELS });
  const theirs = () => {
    for (let at = 0; at + FRAME <= samples.length; at += HOP) {
      const { melBands } = meyda.extract(['melBands'], samples.subarray(at, at + FRAME));
      melBands.forEach((power, band) => (frame[band] = Math.log(power + 2 ** -24)));
    }
  };
  const bench = new Bench({ time: 1000, iterations: 5, warmupTime: 0, warmupIterations: 2, throws: true });
  bench.add('ours', ours).add('theirs', theirs);
  await bench.run();
  return [
    {
      name: `log-mel features of ${SECONDS} s of audio`,
      oursMs: medianMs(bench, 'ours'),
      peer: 'meyda 5.6.3 melBands',
      peerMs: medianMs(bench, 'theirs'),
    },
  ];
}
