import type { Instrument, Settings } from './instrument.ts'

/** What a study file says about an instrument and cannot mean. */
export interface SettingFault {
  readonly setting: string
  readonly says: string
}

/** Faults of the settings of one instrument: version, choices, table. `scoreForm` relies on there being none. */
export function checkSettings(instrument: Instrument, settings: Settings): readonly SettingFault[] {
  const { code, versions } = instrument
  const { version } = settings
  if (!versions.includes(version)) {
    return [{ setting: 'version', says: `${code} has no version ${version} (${versions.join(', ')})` }]
  }
  return [...checkChoices(instrument, settings), ...checkTable(instrument, settings)]
}

function checkChoices({ code, options }: Instrument, { choices }: Settings): SettingFault[] {
  const unknown = Object.keys(choices).filter((id) => !options.some((option) => option.id === id))
  const faults = unknown.map((id) => ({ setting: id, says: `${code} has no option ${id}` }))
  for (const { id, choices: words, standard } of options) {
    const word = choices[id] ?? standard
    if (word === null || !words.includes(word))
      faults.push({ setting: id, says: `${code} ${id}: ${words.join(' or ')}` })
  }
  return faults
}

function checkTable({ code, table: need }: Instrument, { table, version }: Settings): SettingFault[] {
  if (table === null) return []
  if (need === null) return [{ setting: 'table', says: `${code} takes no table` }]
  const keys = need.keysOf(version)
  const known = new Set(keys)
  const absent = keys.filter((key) => !table.has(key))
  const foreign = [...table.keys()].filter((key) => !known.has(key))
  const empty = [...table].filter(([, value]) => !Number.isFinite(value)).map(([key]) => key)
  const list = (what: string, found: readonly number[]): SettingFault[] => {
    const some = `${found.slice(0, 3).join(', ')}${found.length > 3 ? ', ...' : ''}`
    return found.length === 0 ? [] : [{ setting: 'table', says: `${code} ${version} ${need.key} ${what}: ${some}` }]
  }
  return [
    ...list(`absent from the table, ${absent.length} of ${keys.length}`, absent),
    ...list('that cannot occur', foreign),
    ...list('without a number', empty),
  ]
}
