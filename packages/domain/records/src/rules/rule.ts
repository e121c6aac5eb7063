/** One rule: what is right, why, and what to do where it is not. */
export interface Rule {
  readonly severity: 'error' | 'warning' | 'info'
  readonly scope: 'file' | 'row' | 'subject' | 'study'
  readonly says: string
  readonly reason: string
  readonly remedy: string
}

export const rule = (
  severity: Rule['severity'],
  scope: Rule['scope'],
  says: string,
  reason: string,
  remedy: string,
): Rule => ({ severity, scope, says, reason, remedy })
