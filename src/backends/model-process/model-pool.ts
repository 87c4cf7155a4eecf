import type { AudioSource, Hypothesis, RecognizerInfo } from '../../types.ts';
import type { Recognizer, TranscribeOptions } from '../backend.ts';
import { sum } from '../../stats/sum.ts';

/** Several processes with the same model, between which utterances are shared out. */
export class ModelPool implements Recognizer {
  readonly info: RecognizerInfo;
  readonly #recognizers: readonly Recognizer[];
  /** Utterances under way, by recognizer. */
  readonly #underWay: number[];
  /** The peak of each process, as its answers have stated so far. */
  readonly #memoryMiB: number[];

  private constructor(recognizers: readonly Recognizer[]) {
    this.#recognizers = recognizers;
    this.#underWay = recognizers.map(() => 0);
    this.#memoryMiB = recognizers.map(() => 0);
    const infos = recognizers.map(({ info }) => info);
    const loadMs = Math.max(...infos.map((info) => info.loadMs ?? 0));
    this.info = { ...infos[0]!, description: `${infos[0]!.description}; ${infos.length} processes`, loadMs };
  }

  /**
   * One process after the other, so that each measures its loading alone.
   *
   * @throws UserError for a model that cannot be loaded.
   */
  static async open(count: number, open: () => Promise<Recognizer>): Promise<Recognizer> {
    const recognizers: Recognizer[] = [];
    try {
      while (recognizers.length < count) recognizers.push(await open());
    } catch (error) {
      await Promise.all(recognizers.map((recognizer) => recognizer.close()));
      throw error;
    }
    return count === 1 ? recognizers[0]! : new ModelPool(recognizers);
  }

  /** By the process with the fewest utterances under way. */
  async transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis> {
    const index = this.#underWay.indexOf(Math.min(...this.#underWay));
    this.#underWay[index]!++;
    try {
      const hypothesis = await this.#recognizers[index]!.transcribe(audio, options);
      const own = hypothesis.processMemoryMiB ?? 0;
      this.#memoryMiB[index] = own;
      // One that has not answered yet is taken to have as much.
      return { ...hypothesis, processMemoryMiB: sum(this.#memoryMiB.map((memoryMiB) => memoryMiB || own)) };
    } finally {
      this.#underWay[index]!--;
    }
  }

  /** The peak memory is that of all processes together, if they had it at the same time. */
  async close(): Promise<RecognizerInfo> {
    const infos = await Promise.all(this.#recognizers.map((recognizer) => recognizer.close()));
    return { ...this.info, peakMemoryMiB: sum(infos.map(({ peakMemoryMiB }) => peakMemoryMiB ?? 0)) };
  }
}
