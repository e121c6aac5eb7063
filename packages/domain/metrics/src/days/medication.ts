import { MEDICATIONS, medicationBit } from '@afferent/records'
import { DAY_BIT } from './day-bits.ts'

/** Migraine-specific medication: triptan, ergot, gepant, ditan (section 3). */
export const MIGRAINE_SPECIFIC =
  medicationBit('triptan') | medicationBit('ergot') | medicationBit('gepant') | medicationBit('ditan')

/** Simple analgesics: paracetamol, ASA, NSAID (ICHD-3 8.2.3). */
export const SIMPLE = medicationBit('paracetamol') | medicationBit('asa') | medicationBit('nsaid')

/** Classes that count towards 'several classes, none overused' (ICHD-3 8.2.6). */
export const SEVERAL =
  medicationBit('ergot') | medicationBit('triptan') | medicationBit('opioid') | medicationBit('combination') | SIMPLE

/**
 * Medication days: for every set of classes taken on a date, the day bits it sets.
 *
 * The unit is the day: several intakes or products of one class count once; a date with two classes counts once in each
 * class and once in AMD; a combination counts in CMBD only (a product has one class).
 */
export const MEDICATION_DAY: Int32Array = makeTable()

function makeTable(): Int32Array {
  const table = new Int32Array(1 << MEDICATIONS.length)
  const ofClass = [
    DAY_BIT.ergot,
    DAY_BIT.triptan,
    DAY_BIT.opioid,
    DAY_BIT.combination,
    DAY_BIT.paracetamol,
    DAY_BIT.asa,
    DAY_BIT.nsaid,
    DAY_BIT.gepant,
    DAY_BIT.ditan,
  ]
  for (let taken = 1; taken < table.length; taken++) {
    let bits = 1 << DAY_BIT.acute
    ofClass.forEach((bit, index) => {
      if (taken & (1 << index)) bits |= 1 << bit
    })
    if (taken & MIGRAINE_SPECIFIC) bits |= 1 << DAY_BIT.migraineSpecific
    if (taken & SIMPLE) bits |= 1 << DAY_BIT.simple
    if (taken & SEVERAL) bits |= 1 << DAY_BIT.severalClasses
    table[taken] = bits
  }
  return table
}
