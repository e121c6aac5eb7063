/** Something about a study file that its author should know, with the place to look at. Lines and columns count from 1. */
export interface StudyIssue {
  readonly severity: 'error' | 'warning'
  readonly file: string
  readonly line: number
  readonly column: number
  /** The setting, as in `sources[0].columns.subject`; '' for the file as a whole. */
  readonly path: string
  /** A sentence that begins with the setting's path. */
  readonly message: string
}

/** `study.yaml:12:5 periods.cuont is not a setting; did you mean count? (known: ...)` */
export function printIssue(issue: StudyIssue): string {
  const kind = issue.severity === 'warning' ? 'warning: ' : ''
  return `${issue.file}:${issue.line}:${issue.column} ${kind}${issue.message}`
}

export type SettingPath = readonly (string | number)[]

/** `sources[0].columns.subject`; keys that are no plain words stand in quotes. */
export function printPath(path: SettingPath): string {
  let out = ''
  for (const step of path) {
    if (typeof step === 'number') out += `[${step}]`
    else if (/^[\w-]+$/.test(step)) out += out === '' ? step : `.${step}`
    else out += `[${JSON.stringify(step)}]`
  }
  return out
}
