/** One setting that cannot be used: its name, where it was written, and what would be right. */
export interface ConfigIssue {
  readonly setting: string
  /** `environment`, `--flag`, or `afferent.env:3:1`. */
  readonly where: string
  readonly says: string
}

/** Stops a process at start, with every wrong setting by name, so that all can be corrected at once. */
export class ConfigError extends Error {
  readonly code = 'config-invalid'
  readonly issues: readonly ConfigIssue[]

  constructor(issues: readonly ConfigIssue[]) {
    super(issues.map((issue) => `${issue.setting} (${issue.where}): ${issue.says}`).join('\n'))
    this.name = 'ConfigError'
    this.issues = issues
  }
}
