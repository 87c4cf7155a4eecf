/** Bytes at random places, of a file or of memory. */
export interface RandomBytes {
  readonly size: number;
  /** Fewer than asked for at the end. */
  read(at: number, length: number): Buffer;
}
