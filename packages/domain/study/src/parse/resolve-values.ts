import type { RawParameter, RawSource, RawVisit } from '../settings/source-settings.ts'
import type { WideColumn } from '../source.ts'
import type { ValueParameter, ValuesFamily } from '../study.ts'
import type { Complaints } from './complaints.ts'
import { printPath, type SettingPath } from './issue.ts'

/** PARAMCD: at most 8 characters, A-Z 0-9, starts with a letter (R-ADAM). */
const PARAMETER_CODE = /^[A-Z][A-Z0-9]{0,7}$/
const VISIT_NUMBER = /^(0|[1-9]\d{0,3})$/

const visitOf = (raw: string | RawVisit): RawVisit => (typeof raw === 'string' ? { column: raw } : raw)

/** Columns of a source that hold a parameter at a visit, by parameter and visit. */
export function resolveWide(raw: RawSource, path: SettingPath, complaints: Complaints): WideColumn[] {
  if (raw.values !== undefined && raw.layout !== 'visits') {
    complaints.error([...path, 'values'], `${printPath([...path, 'values'])} belongs to layout visits alone`, 'name')
  }
  const wide = Object.entries(raw.values ?? {}).flatMap(([parameter, { visits }]) =>
    Object.entries(visits).flatMap(([visit, given]): WideColumn[] => {
      const { column, missingWhenEmpty } = visitOf(given)
      if (column === undefined) return []
      return [{ column, parameter, visit: Number(visit), missingWhenEmpty: missingWhenEmpty ?? null }]
    }),
  )
  return wide.sort((a, b) => (a.parameter === b.parameter ? a.visit - b.visit : a.parameter < b.parameter ? -1 : 1))
}

interface Gathered {
  readonly path: SettingPath
  readonly facts: Map<string, unknown>
  readonly visits: Map<number, { label: string | null; days: number | null }>
}

/** Parameters of all sources: what one source says of a parameter need not be repeated by another, but must not differ. */
export function resolveValuesFamily(sources: readonly RawSource[], complaints: Complaints): ValuesFamily | null {
  const gathered = new Map<string, Gathered>()
  for (const [i, source] of sources.entries()) {
    for (const [code, raw] of Object.entries(source.values ?? {})) {
      const path = ['sources', i, 'values', code]
      if (!PARAMETER_CODE.test(code)) {
        complaints.error(path, `${printPath(path)} is no parameter code: at most 8 of A-Z 0-9, a letter first`, 'name')
      }
      const parameter = gathered.get(code) ?? { path, facts: new Map(), visits: new Map() }
      gathered.set(code, parameter)
      gatherFacts(parameter, raw, path, complaints)
      gatherVisits(parameter, raw, path, complaints)
    }
  }
  if (gathered.size === 0) return null
  const codes = [...gathered.keys()].sort((a, b) => (a < b ? -1 : 1))
  return { parameters: codes.map((code) => finish(code, gathered.get(code) as Gathered, complaints)) }
}

const FACTS = ['label', 'unit', 'direction', 'range', 'perDays', 'pooled'] as const

function gatherFacts(into: Gathered, raw: RawParameter, path: SettingPath, complaints: Complaints): void {
  for (const fact of FACTS) {
    const value = raw[fact]
    if (value === undefined) continue
    const known = into.facts.get(fact)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(value)) {
      const at = [...path, fact]
      complaints.error(at, `${printPath(at)} differs from ${printPath([...into.path, fact])}: say it once`)
    }
    into.facts.set(fact, value)
  }
}

function gatherVisits(into: Gathered, raw: RawParameter, path: SettingPath, complaints: Complaints): void {
  for (const [key, given] of Object.entries(raw.visits)) {
    const at = [...path, 'visits', key]
    if (!VISIT_NUMBER.test(key)) {
      complaints.error(at, `${printPath(at)} is no visit number: 0 is the baseline, then 1, 2, ...`, 'name')
      continue
    }
    const { label, days } = visitOf(given)
    const known = into.visits.get(Number(key))
    const says = { label: label ?? known?.label ?? null, days: days ?? raw.days ?? known?.days ?? null }
    const differs =
      known !== undefined &&
      ((known.label !== null && known.label !== says.label) || (known.days !== null && known.days !== says.days))
    if (differs)
      complaints.error(at, `${printPath(at)} differs from what another source says of this visit: say it once`)
    into.visits.set(Number(key), says)
  }
}

function finish(code: string, { path, facts, visits }: Gathered, complaints: Complaints): ValueParameter {
  const needed = (fact: 'label' | 'unit' | 'direction'): string => {
    const value = facts.get(fact)
    if (value === undefined) complaints.error(path, `${printPath([...path, fact])} is missing`, 'name')
    return String(value ?? '')
  }
  const perDays = facts.get('perDays') as RawParameter['perDays']
  const range = (facts.get('range') ?? ['none', 'none']) as NonNullable<RawParameter['range']>
  const parameter: ValueParameter = {
    code,
    label: needed('label'),
    unit: needed('unit'),
    direction: needed('direction') as ValueParameter['direction'],
    visits: [...visits.entries()]
      .sort(([a], [b]) => a - b)
      .map(([visit, { label, days }]) => ({ visit, label: label ?? defaultLabel(visit), days })),
    perDays: perDays === undefined || perDays === 'none' ? null : perDays,
    range: [range[0] === 'none' ? null : range[0], range[1] === 'none' ? null : range[1]],
    pooled: (facts.get('pooled') as boolean | undefined) ?? false,
  }
  checkParameter(parameter, path, complaints)
  return parameter
}

const defaultLabel = (visit: number): string => (visit === 0 ? 'Baseline' : `Visit ${visit}`)

function checkParameter(parameter: ValueParameter, path: SettingPath, complaints: Complaints): void {
  const [low, high] = parameter.range
  if (low !== null && high !== null && low > high) {
    complaints.error([...path, 'range'], `${printPath([...path, 'range'])}: ${low} is above ${high}`)
  }
  const undated = parameter.visits.find((visit) => visit.days === null)
  if (parameter.perDays !== null && undated !== undefined) {
    const at = [...path, 'visits', String(undated.visit)]
    complaints.error(at, `${printPath([...at, 'days'])} is missing: perDays needs the length of every period`, 'name')
  }
  if (parameter.pooled && parameter.code.length > 7) {
    complaints.error(
      path,
      `${printPath(path)}: a pooled parameter's code has at most 7 characters (P is added)`,
      'name',
    )
  }
  if (parameter.visits[0]?.visit !== 0) {
    complaints.warn(
      path,
      `${printPath([...path, 'visits'])} has no visit 0: without a baseline there is no change`,
      'name',
    )
  }
}
