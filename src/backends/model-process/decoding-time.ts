import { BackendError, UserError } from '../../errors.ts';

/** Keeps the time of decoding apart from all else, and tells its failures from those of the recognizer. */
export class DecodingTime {
  ms = 0;

  async of<Result>(work: Promise<Result>): Promise<Result> {
    const start = performance.now();
    try {
      return await work;
    } catch (error) {
      throw error instanceof UserError ? new BackendError('audio', error.message, false, { cause: error }) : error;
    } finally {
      this.ms += performance.now() - start;
    }
  }

  async *ofEach(pieces: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array> {
    const iterator = pieces[Symbol.asyncIterator]();
    for (let next = await this.of(iterator.next()); !next.done; next = await this.of(iterator.next())) yield next.value;
  }
}
