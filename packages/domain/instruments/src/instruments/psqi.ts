import { defineInstrument } from '../instrument.ts'
import { amount, rating } from '../item.ts'
import { defineScore } from '../score.ts'
import { psqiParts, timeInBed } from './psqi-parts.ts'

const clock = (id: string, highest: number, holds: string) => amount(id, 0, highest, { holds, optional: true })
const often = (id: string, holds: string, optional = false) => rating(id, 0, 3, { holds, optional })

/**
 * Pittsburgh Sleep Quality Index, PSQI.
 *
 * Definition  sum of seven parts of 0-3 (`psqiParts`).
 * Input       named, because item numbers differ between prints. `latency` minutes; `hoursslept` hours; `bedtime` and
 *             `gettingup` hours after midnight (22.5 is 22:30) or `bedtimemin` and `gettingupmin` minutes after
 *             midnight; a clock of 12 hours cannot be told from one of 24 and has to be converted before. All others 0-3.
 * Output      PSQI, 0-21, lower is better.
 * Undefined   any part missing; a blank other reason counts as 0. No time in bed rejects the form, two clocks that
 *             disagree do too.
 * Source      range and cut-off [C 43]; parts: Buysse et al., Psychiatry Res 1989;28:193-213.
 */
export const psqi = defineInstrument({
  code: 'PSQI',
  title: 'Pittsburgh Sleep Quality Index (PSQI)',
  versions: ['1'],
  licence: 'required',
  licenceNote: 'Copyright University of Pittsburgh; permission is needed to use it',
  items: [
    often('quality', 'overall sleep quality'),
    amount('latency', 0, 1440, { holds: 'minutes to fall asleep' }),
    often('cannotsleep', 'cannot sleep within 30 minutes'),
    amount('hoursslept', 0, 24, { holds: 'hours slept a night' }),
    clock('bedtime', 24, 'hours after midnight'),
    clock('gettingup', 24, 'hours after midnight'),
    clock('bedtimemin', 1440, 'minutes after midnight'),
    clock('gettingupmin', 1440, 'minutes after midnight'),
    often('waking', 'disturbance'),
    often('bathroom', 'disturbance'),
    often('breathing', 'disturbance'),
    often('snoring', 'disturbance'),
    often('cold', 'disturbance'),
    often('hot', 'disturbance'),
    often('dreams', 'disturbance'),
    often('pain', 'disturbance'),
    often('other', 'disturbance, other reason', true),
    often('medicine', 'sleep medicine taken'),
    often('sleepiness', 'daytime'),
    often('enthusiasm', 'daytime'),
  ],
  scores: [
    defineScore({
      code: 'PSQI',
      label: 'Pittsburgh Sleep Quality Index (0-21)',
      lowest: 0,
      highest: 21,
      direction: 'lower-is-better',
      minAnswered: 17,
      missingRule: 'no part may be missing; a blank other reason counts as 0',
      bands: [
        { from: 0, label: 'good sleep' },
        { from: 6, label: 'poor sleep' },
      ],
      definition: 'Sleep quality over the last month',
      formula: 'quality + latency + duration + efficiency + disturbances + medicine + daytime, 0-3 each',
      source: 'Buysse et al., Psychiatry Res 1989;28:193-213; cut-off as tabulated in PMC1599708',
      mark: '[C 43]',
    }),
  ],
  score(answers, into) {
    into[0] = psqiParts(answers).reduce((sum, part) => sum + part, 0)
  },
  check(answers) {
    const [byHours, byMinutes] = [timeInBed(answers, 'hours'), timeInBed(answers, 'minutes')]
    if (Math.abs(byHours - byMinutes) > 1 / 60) {
      return { id: 'psqi-clocks-disagree', says: 'times in hours and times in minutes give the same time in bed' }
    }
    return byHours === 0 || byMinutes === 0
      ? { id: 'psqi-no-time-in-bed', says: 'getting up is later than bedtime, on the same day or the next' }
      : null
  },
})
