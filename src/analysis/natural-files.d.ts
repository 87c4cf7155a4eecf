/** Single files of the package `natural`, which it gives no types for. Its root takes seconds to load and reads `.env`. */
declare module 'natural/lib/natural/stemmers/*' {
  const stemmer: { stem(word: string): string };
  export default stemmer;
}

declare module 'natural/lib/natural/phonetics/double_metaphone.js' {
  export default class DoubleMetaphone {
    /** Codes of the likelier and of another pronunciation. */
    process(word: string): [string, string];
  }
}
