import { BackendError, UserError } from '../../errors.ts';
import { sum } from '../../stats/sum.ts';
import type { AudioSource, Hypothesis, RecognizerInfo } from '../../types.ts';
import type { Recognizer, TranscribeOptions } from '../backend.ts';

/** Answers for which a process rests after failing, doubled with each failure. */
const REST = 5;

/** One of several processes with the same model. */
interface Member {
  readonly recognizer: Recognizer;
  underWay: number;
  /** Times that the process itself failed since it last answered; what it loses at once counts once. */
  failures: number;
  /** How many answers the pool has given when it is asked again, unless all rest. */
  restsUntil: number;
  /** Peak, as its answers have stated so far. */
  memoryMiB: number;
}

/** Several processes with the same model, between which utterances are shared out. */
export class ModelPool implements Recognizer {
  readonly info: RecognizerInfo;
  readonly #members: readonly Member[];
  #answers = 0;

  private constructor(recognizers: readonly Recognizer[]) {
    this.#members = recognizers.map((recognizer) => ({
      recognizer,
      underWay: 0,
      failures: 0,
      restsUntil: 0,
      memoryMiB: 0,
    }));
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
      this.#answers++;
      member.failures = 0;
      member.restsUntil = 0;
      const own = hypothesis.processMemoryMiB ?? 0;
      member.memoryMiB = Math.max(member.memoryMiB, own);
      // One that has not answered yet is taken to have as much.
      return { ...hypothesis, processMemoryMiB: sum(this.#members.map(({ memoryMiB }) => memoryMiB || own)) };
    } catch (error) {
      if (!(error instanceof BackendError && error.kind === 'process')) throw error;
      member.failures = Math.min(member.failures, failuresBefore) + 1;
      if (member.failures > 1) member.restsUntil = this.#answers + REST * 2 ** member.failures;
      throw this.#members.every(({ failures }) => failures > 0) ? error : stillReachable(error);
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
   * A process that keeps failing is rid of its utterances soonest, and would take those of all others. So a failure counts as an
   * utterance under way, and one that failed twice in a row rests while others answer.
   */
  #idlest(): Member {
    const rests = ({ restsUntil }: Member): number => Number(restsUntil > this.#answers);
    const load = ({ underWay, failures }: Member): number => underWay + Math.min(failures, 1);
    const order = (a: Member, b: Member): number => rests(a) - rests(b) || load(a) - load(b) || a.underWay - b.underWay;
    return this.#members.toSorted(order)[0]!;
  }
}

/** Another process can answer what this one could not. */
function stillReachable({ kind, message, retryable, facts }: BackendError): BackendError {
  return new BackendError(kind, message, retryable, { ...facts, isUnreachable: false });
}
