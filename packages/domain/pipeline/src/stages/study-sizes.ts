/** Sizes by which a study is handled in parts. No size changes a byte of what is published. */
export interface StudySizes {
  /** Bytes of files from which on records are put aside instead of being held in memory. */
  readonly asideFromBytes: number
  /** Rows of a study that are laid out or published at once; of more a part at a time is in memory. */
  readonly rowsAtOnce: number
  /** Rows of adeff that are put aside together. */
  readonly rowsAside: number
  /** Records after which a piece of a file ends; absent: what suits tasks of their own. */
  readonly pieceRows?: number
  /** Bytes below which a range of a file is no task of its own; absent: what suits files on disk. */
  readonly minRangeBytes?: number
}

/** Records take about half of the bytes of their file, derived rows twice as many: so many that several gigabytes of memory do. */
export const STUDY_SIZES: StudySizes = { asideFromBytes: 1_500_000_000, rowsAtOnce: 20_000_000, rowsAside: 200_000 }
