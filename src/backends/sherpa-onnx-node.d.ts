/** The part of sherpa-onnx-node 1.13.8 that is used here; the package has no types of its own. */
declare module 'sherpa-onnx-node' {
  interface SherpaStream {
    setOption(name: string, value: string): void;
    acceptWaveform(audio: { readonly samples: Float32Array; readonly sampleRate: number }): void;
    inputFinished(): void;
  }

  export interface SherpaRecognizer {
    createStream(): SherpaStream;
    isReady(stream: SherpaStream): boolean;
    decode(stream: SherpaStream): void;
    getResult(stream: SherpaStream): { readonly text: string };
  }

  export const OnlineRecognizer: new (config: unknown) => SherpaRecognizer;
  // Node finds no name for this one in the package, which is CommonJS.
  const all: { readonly OfflineRecognizer: new (config: unknown) => SherpaRecognizer };
  export default all;
}
