import type { MedicationClass } from '@afferent/records'
import { medicationBit } from '@afferent/records'
import type { DayBit } from '../../days/day-bits.ts'
import { MIGRAINE_SPECIFIC, SIMPLE } from '../../days/medication.ts'
import { countOf } from '../../windows/quantities.ts'
import type { CatalogueEntry } from '../entry.ts'
import { periodRules, responderRules } from '../method.ts'
import { DAY_RULES } from './headache.ts'
import { DAYS, PRORATED, rate } from './measures.ts'
import { medicationNever } from './never.ts'
import { SOURCE, sourced } from './sources.ts'
import { periodMinimum, periodsInWords } from './windows-in-words.ts'

/** Days with acute medication by class (endpoints.md section 3). */

type MedicationText = Pick<CatalogueEntry, 'mark' | 'source'>

const PLAIN: MedicationText = { mark: '-', source: sourced(3) }
const ICHD: MedicationText = { mark: '[C7]', source: sourced(3, `${SOURCE.c7} [C7]`) }
const ICHD_L: MedicationText = { mark: '[L]', source: sourced(3, `${SOURCE.c7} [L]`) }
const COMBINATION: MedicationText = { mark: '[C7] [C8]', source: sourced(3, `${SOURCE.c7} [C7]`, `${SOURCE.c8} [C8]`) }

function medicationDays(
  code: string,
  label: string,
  bit: DayBit,
  classes: number,
  what: string,
  text: MedicationText,
): CatalogueEntry {
  return {
    code,
    label,
    category: 'Acute medication',
    family: 'medication',
    unit: DAYS,
    direction: 'lower-is-better',
    table: 'adeff',
    definition: `dates with at least one intake for headache of ${what}; several intakes or products of a date count once`,
    formula: '28 * dates with an intake / dates on which medication is observed',
    window: periodsInWords,
    minimum: periodMinimum,
    missing: `${PRORATED}; without a field that says what for, every acute intake is for headache`,
    reasons: ['NOT_REACHED', 'DISCONTINUED', 'NOT_EVALUABLE', 'INSUFFICIENT_DAYS', 'NO_BASELINE'],
    conventions: DAY_RULES,
    method: (study) => [...periodRules(study), ...responderRules(study)],
    ...text,
    exists: (inputs) => (inputs.medication & classes) !== 0,
    never: medicationNever,
    compute: {
      kind: 'measure',
      measure: rate(countOf(bit), countOf('medicationObserved')),
      responders: true,
      pain: false,
    },
  }
}

const classDays = (
  code: string,
  label: string,
  name: MedicationClass & DayBit,
  what: string,
  text: MedicationText,
): CatalogueEntry => medicationDays(code, label, name, medicationBit(name), what, text)

export const MEDICATION_ENTRIES: readonly CatalogueEntry[] = [
  medicationDays('AMD', 'Acute medication days (d/28 d)', 'acute', ~0, 'any acute medication', PLAIN),
  medicationDays(
    'MSMD',
    'Migraine-specific medication days (d/28 d)',
    'migraineSpecific',
    MIGRAINE_SPECIFIC,
    'a triptan, ergot, gepant or ditan',
    PLAIN,
  ),
  classDays('ERGD', 'Ergot days (d/28 d)', 'ergot', 'an ergot', ICHD),
  classDays('TRPD', 'Triptan days (d/28 d)', 'triptan', 'a triptan', ICHD),
  classDays('OPID', 'Opioid days (d/28 d)', 'opioid', 'an opioid', ICHD),
  classDays(
    'CMBD',
    'Combination analgesic days (d/28 d)',
    'combination',
    'a combination analgesic (two classes with analgesic effect, or one with an adjuvant)',
    COMBINATION,
  ),
  classDays('PARD', 'Paracetamol days (d/28 d)', 'paracetamol', 'paracetamol', ICHD),
  classDays('ASAD', 'Acetylsalicylic acid days (d/28 d)', 'asa', 'acetylsalicylic acid', ICHD),
  classDays('NSAD', 'NSAID days (d/28 d)', 'nsaid', 'an NSAID', ICHD),
  medicationDays('SMPD', 'Simple analgesic days (d/28 d)', 'simple', SIMPLE, 'paracetamol, ASA or an NSAID', ICHD),
  {
    ...medicationDays(
      'MULTD',
      'Days with classes that can be overused (d/28 d)',
      'severalClasses',
      0,
      'an ergot, triptan, simple analgesic, opioid or combination',
      ICHD_L,
    ),
    exists: (inputs) => severalClasses(inputs.medication) >= 2,
  },
  classDays('GEPD', 'Gepant days (d/28 d)', 'gepant', 'a gepant', ICHD_L),
  classDays('DITD', 'Ditan days (d/28 d)', 'ditan', 'a ditan', ICHD_L),
]

/** Classes of ICHD-3 8.2.6 that the study's exports can tell apart; simple analgesics are one. */
function severalClasses(medication: number): number {
  const classes = [
    medicationBit('ergot'),
    medicationBit('triptan'),
    medicationBit('opioid'),
    medicationBit('combination'),
    SIMPLE,
  ]
  return classes.filter((bits) => (medication & bits) !== 0).length
}
