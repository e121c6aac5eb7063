import type { PartName } from '@afferent/simulation'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-codes.ts'

/** As the simulation names them; a test compares. Written here so that the help page loads nothing. */
export const PART_NAMES = [
  'questionnaires',
  'stimulation',
  'safety',
  'laboratory',
  'heart-rate',
] as const satisfies readonly PartName[]

/** Parts by name, parted by commas; `all` and `none` say so. Undefined: those that belong to the scenario. */
export function partsOf(text: string | undefined): readonly PartName[] | undefined {
  if (text === undefined) return undefined
  if (text === 'all') return PART_NAMES
  if (text === 'none') return []
  return text.split(',').map((given) => {
    const name = PART_NAMES.find((part) => part === given.trim())
    if (name !== undefined) return name
    const known = [...PART_NAMES, 'all', 'none'].join(', ')
    throw new CommandError(EXIT.usage, 'option-invalid', `--with has "${given.trim()}"; known are ${known}`)
  })
}
