import { checkCalendar } from '../check/check-calendar.ts'
import { checkFamilies } from '../check/check-families.ts'
import { checkSources } from '../check/check-sources.ts'
import { checkSubjects } from '../check/check-subjects.ts'
import { checkWindows } from '../check/check-windows.ts'
import { STUDY_SETTINGS } from '../settings/settings.ts'
import type { Study } from '../study.ts'
import { Complaints } from './complaints.ts'
import { explainIssues } from './explain-issue.ts'
import type { StudyIssue } from './issue.ts'
import { printPath } from './issue.ts'
import { readYaml, type StudyText } from './read-yaml.ts'
import { resolveStudy } from './resolve-study.ts'

export type ParsedStudy =
  | { readonly kind: 'study'; readonly study: Study; readonly warnings: readonly StudyIssue[] }
  | { readonly kind: 'refused'; readonly findings: readonly StudyIssue[] }

/**
 * Text of a study file to the effective study, or to everything that is wrong with it, in the order of its lines.
 * `file` is the name that findings carry. Never throws, whatever the text.
 *
 *   text -> YAML -> known settings of the right form -> presets and defaults -> faults across settings
 */
export function parseStudy(text: string, file: string): ParsedStudy {
  const read = readYaml(text, file)
  if (read.kind === 'refused') return { kind: 'refused', findings: read.issues }
  const { text: source } = read
  const issue = placeIssue(source, file)
  if (typeof source.value !== 'object' || source.value === null || Array.isArray(source.value)) {
    const message = 'a study file is a list of settings such as study: my-study'
    return { kind: 'refused', findings: [issue({ severity: 'error', path: [], part: 'value', message })] }
  }
  const checked = STUDY_SETTINGS.safeParse(source.value, { jitless: true })
  if (!checked.success) {
    const faults = explainIssues(checked.error.issues, STUDY_SETTINGS, source.value)
    return { kind: 'refused', findings: inOrder(faults.map((fault) => issue({ severity: 'error', ...fault }))) }
  }
  const complaints = new Complaints()
  const study = resolveStudy(checked.data, complaints)
  checkSources(study.analytic, complaints)
  checkCalendar(checked.data, study, complaints)
  checkWindows(checked.data, study.analytic, complaints)
  checkFamilies(checked.data, study.analytic, complaints)
  checkSubjects(checked.data, study.analytic, complaints)
  const issues = inOrder(complaints.list.map(issue))
  return complaints.hasErrors ? { kind: 'refused', findings: issues } : { kind: 'study', study, warnings: issues }
}

const placeIssue =
  (source: StudyText, file: string) =>
  ({ severity, path, part, message }: Complaints['list'][number]): StudyIssue => ({
    severity,
    file,
    ...source.locate(path, part),
    path: printPath(path),
    message,
  })

const inOrder = (issues: readonly StudyIssue[]): StudyIssue[] =>
  [...issues].sort((a, b) => a.line - b.line || a.column - b.column || (a.message < b.message ? -1 : 1))
