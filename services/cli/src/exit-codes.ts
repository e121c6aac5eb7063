/** What the exit code of every command says; scripts and schedulers rely on it. */
export const EXIT = {
  ok: 0,
  /** Done, but findings of severity error (or, for `doctor` and `vault check`, faults) are in the output. */
  findings: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** A file or a study file was refused as a whole. */
  refused: 3,
  /** The surroundings do not allow it: folder, disk, port, queue, version. */
  environment: 4,
  /** No rows, subjects or rules were examined: an error, never a success. */
  nothing: 5,
  /** Interrupted; calling it again goes on or starts anew, nothing is lost. */
  interrupted: 6,
  /** A bug of ours (EX_SOFTWARE of sysexits.h). */
  internal: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
