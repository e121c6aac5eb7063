import type { AnalyticStudy, HeadacheFamily } from '@afferent/study'
import { headachePresetOf } from '../../days/headache-presets.ts'

/** What the headache preset of a study calls a headache day and a migraine day, as phrases. */

const DEFAULT = 'ihs-4h'

/** `any headache of at least 4 h, or any headache treated with acute medication (ihs-4h)` */
export function headacheDayInWords({ headache }: AnalyticStudy): string {
  if (headache === null) return `headache days under the preset (${DEFAULT})`
  const { dayHours, dayPeak, dayTreated } = headachePresetOf(headache)
  const peak = dayPeak === 0 ? 'any headache' : 'a headache of at least moderate severity'
  const lasts = dayHours === 0 ? '' : ` that lasts at least ${dayHours} h${onWhat(headache)}`
  const treated = {
    acute: ', or any headache treated with acute medication',
    msm: ', or any headache treated with a triptan, ergot, gepant or ditan',
    none: '',
  }[dayTreated]
  return `${peak}${lasts}${treated} (${headache.preset})`
}

/** `headache with the features of migraine that lasts at least 4 h, ... (ihs-4h)` */
export function migraineDayInWords({ headache }: AnalyticStudy): string {
  if (headache === null) return `migraine days under the preset (${DEFAULT})`
  const { migraineHours, migraineMsm, migraineAura } = headachePresetOf(headache)
  if (migraineHours === null) return `a headache that the patient calls migraine (${headache.preset})`
  const criteria = `ICHD-3 1.1 C and D met in one ${headache.featureScope} and at least ${migraineHours} h${onWhat(headache)}`
  const probable = headache.probable ? ', one of the three may be missing' : ''
  const msm = {
    effective: ', or a triptan, ergot, gepant or ditan taken with effect',
    always: ', or a triptan, ergot, gepant or ditan taken',
    none: '',
  }[migraineMsm]
  return `${criteria}${probable}${msm}${migraineAura ? ', or an aura of 5 to 60 min' : ''} (${headache.preset})`
}

/** `a pain-free gap of 24 h or more` */
export function attackInWords({ headache }: AnalyticStudy): string {
  if (headache?.attackRule === 'freeDay') return 'an observed headache-free date'
  const relapse = headache === null || headache.relapseHours === 0 ? '' : `; relapse within ${headache.relapseHours} h`
  return `a pain-free gap of ${headache?.gapHours ?? 24} h${relapse}`
}

const onWhat = ({ durationBasis }: HeadacheFamily): string => (durationBasis === 'day' ? ' on that date' : '')
