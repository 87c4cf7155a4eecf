import { BackendError, UserError } from '../../errors.ts';
import { sum } from '../../stats/sum.ts';
import type { AudioSource, Hypothesis, RecognizerInfo } from '../../types.ts';
import type { Recognizer, TranscribeOptions } from '../backend.ts';

/** One of several processes with the same model. */
interface Member {
  readonly recognizer: Recognizer;
  underWay: number;
  /** Times that the process itself failed since it last answered; what it loses at once counts once. */
  failures: number;
  /** Peak, as its answers have stated so far. */
  memoryMiB: number;
}

/** Several processes with the same model, between which utterances are shared out. */
export class ModelPool implements Recognizer {
  readonly info: RecognizerInfo;
  readonly #members: readonly Member[];

  private constructor(recognizers: readonly Recognizer[]) {
    this.#members = recognizers.map((recognizer) => ({ recognizer, underWay: 0, failures: 0, memoryMiB: 0 }));
    const infos = recognizers.map(({ info }) => info);
    const loadMs = sum(infos.map((info) => info.loadMs ?? 0));
    this.info = { ...infos[0]!, processes: infos.length, loadMs };
  }

  /**
   * One process after the other, so that each measures its loading alone.
   *
   * @throws UserError for a model that cannot be loaded, or that changes meanwhile.
   */
  static async open(count: number, open: () => Promise<Recognizer>): Promise<Recognizer> {
    const recognizers: Recognizer[] = [];
    try {
      while (recognizers.length < count) recognizers.push(await open());
      const digests = new Set(recognizers.map(({ info }) => info.modelSha256));
      if (digests.size > 1)
        throw new UserError('the files of the model changed while its processes were opened; start again');
    } catch (error) {
      await Promise.all(recognizers.map((recognizer) => recognizer.close()));
      throw error;
    }
    return count === 1 ? recognizers[0]! : new ModelPool(recognizers);
  }

  /** By the process with the fewest utterances under way. */
  async transcribe(audio: AudioSource, options: TranscribeOptions): Promise<Hypothesis> {
    const member = this.#idlest();
    const failuresBefore = member.failures;
    member.underWay++;
    try {
      const hypothesis = await member.recognizer.transcribe(audio, options);
      member.failures = 0;
      const own = hypothesis.processMemoryMiB ?? 0;
      member.memoryMiB = Math.max(member.memoryMiB, own);
      // One that has not answered yet is taken to have as much.
      return { ...hypothesis, processMemoryMiB: sum(this.#members.map(({ memoryMiB }) => memoryMiB || own)) };
    } catch (error) {
      if (error instanceof BackendError && error.kind === 'process') member.failures = failuresBefore + 1;
      throw error;
    } finally {
      member.underWay--;
    }
  }

  /** The peak memory is that of all processes together, if they had it at the same time. */
  async close(): Promise<RecognizerInfo> {
    const infos = await Promise.all(this.#members.map(({ recognizer }) => recognizer.close()));
    return { ...this.info, peakMemoryMiB: sum(infos.map(({ peakMemoryMiB }) => peakMemoryMiB ?? 0)) };
  }

  /**
   * A process that keeps failing is rid of its utterances soonest, and would take those of all others: failures count as load.
   * One that failed twice in a row is asked again only under more load than that.
   */
  #idlest(): Member {
    return this.#members.toSorted((a, b) => loadOf(a) - loadOf(b) || a.underWay - b.underWay)[0]!;
  }
}

function loadOf({ underWay, failures }: Member): number {
  return underWay + failures;
}
