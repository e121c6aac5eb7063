import type { Analyte } from '../study.ts'

/**
 * Analytes that need no description, with the units a result may be given in and the factor that makes it one of the
 * canonical unit, which comes first.
 *
 * Definition  CRP 1 mg/dL = 10 mg/L; norepinephrine 1 nmol/L = 169.18 pg/mL; serotonin 1 ng/mL = 5.675 nmol/L.
 * Source      [endpoints 8]; units that differ by prefixes of gram and litre alone (ng/L = pg/mL) stand beside them [P].
 *             Which way is better is said of markers of inflammation alone [P].
 */
export const ANALYTES: readonly Analyte[] = [
  analyte('CRP', 'C-reactive protein', 'lower-is-better', { 'mg/L': 1, 'mg/dL': 10, 'ug/mL': 1 }),
  analyte('IL1B', 'Interleukin 1 beta', 'lower-is-better', { 'pg/mL': 1, 'ng/L': 1 }),
  analyte('IL6', 'Interleukin 6', 'lower-is-better', { 'pg/mL': 1, 'ng/L': 1 }),
  analyte('NE', 'Norepinephrine', 'none', { 'pg/mL': 1, 'ng/L': 1, 'nmol/L': 169.18 }),
  analyte('SEROT', 'Serotonin', 'none', { 'ng/mL': 1, 'ug/L': 1, 'nmol/L': 1 / 5.675 }),
  analyte('TNFA', 'Tumour necrosis factor alpha', 'lower-is-better', { 'pg/mL': 1, 'ng/L': 1 }),
]

function analyte(code: string, label: string, direction: Analyte['direction'], units: Analyte['units']): Analyte {
  return { code, label, unit: Object.keys(units)[0] as string, direction, units }
}

export const standardAnalyte = (code: string): Analyte | undefined => ANALYTES.find((known) => known.code === code)

/** The code of the analyte's log ratio to baseline. */
export const logRatioCode = (code: string): string => `${code}LR`

/** What makes a result in `unit` one in the canonical unit; null: the analyte has no such unit. Case does not matter. */
export function unitFactor({ units }: Analyte, unit: string): number | null {
  const wanted = folded(unit)
  const found = Object.entries(units).find(([known]) => folded(known) === wanted)
  return found === undefined ? null : found[1]
}

/** The micro sign and the Greek letter are both written. */
const folded = (unit: string): string => unit.toLowerCase().replaceAll(/\s/g, '').replaceAll(/[µμ]/g, 'u')
