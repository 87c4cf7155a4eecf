/** What programs may rely on; see also `--help`. */
export const exitCodes = {
  done: 0,
  /** A gate's verdict failed. */
  gateFailed: 1,
  /** The user can mend it, and nothing was run. */
  userError: 2,
  /** The run ended but some utterances failed. */
  someFailed: 3,
  /** A gate could not decide, where its rules ask for a code of its own. */
  undecided: 4,
  /** A bug in Earshot. */
  bug: 70,
  /** What was done is kept. */
  interrupted: 130,
} as const;
