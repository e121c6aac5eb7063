/** What was found of one thing the installation needs. */
export interface Check {
  readonly name: string
  /** `warn`: it works, but somebody should look. */
  readonly state: 'ok' | 'warn' | 'fail'
  readonly says: string
  /** What to do; empty when nothing is to be done. */
  readonly remedy: string
}

export const fine = (name: string, says: string): Check => ({ name, state: 'ok', says, remedy: '' })
export const odd = (name: string, says: string, remedy: string): Check => ({ name, state: 'warn', says, remedy })
export const wrong = (name: string, says: string, remedy: string): Check => ({ name, state: 'fail', says, remedy })
