/** Values with one guess for each missing one. */
export interface SingleImputation {
  readonly values: Float64Array
  /** 1 where a value was imputed: DTYPE is set there. */
  readonly imputed: Uint8Array
  readonly dtype: 'LOCF' | 'BOCF'
}
