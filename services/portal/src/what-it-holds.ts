const HOLDS: Readonly<Record<string, string>> = {
  adsl: 'a row per patient: arm, age, treatment start, responder flags',
  adeff: 'a row per patient, parameter and visit: value, baseline, change, response, or why there is none',
  adtte: 'a row per patient and time-to-event parameter',
  adae: 'a row per adverse event: dates, severity, relations, whether it came up under treatment',
  cohort: 'a row per estimate: means, changes and responder shares of each arm, and comparisons of arms',
  findings: 'a row per finding about the data: rule, file, line, column, value',
  dictionary: 'a row per column of each table: label, unit, definition, source',
  'manifest.json': 'inputs, hashes, versions and row counts of this run',
  'methods.md': 'each parameter in the words of an analysis plan, and the project conventions that decide the numbers',
  'study.effective.yaml': 'the study file with every default spelled out',
}

/** What a file of a run holds, for somebody who meets these names for the first time; '' for a name of its own. */
export function whatItHolds(file: string): string {
  return HOLDS[file] ?? HOLDS[file.replace(/\.(arrow|csv)$/, '')] ?? ''
}
