import { type Rule, rule } from './rule.ts'

/** Subjects, and the study as a whole. */
export const SUBJECT_RULES = {
  'subject-unknown': rule(
    'error',
    'subject',
    'every subject is in the subjects export, once there is one',
    'without it there is no day 0 and no arm',
    'add the subject to the subjects export, or correct the id',
  ),
  'subject-conflict': rule(
    'warning',
    'subject',
    'facts about a subject agree in all rows',
    'two ages or arms for one subject: the first in byte order was used',
    'correct the facts at the source',
  ),
  'subject-without-data': rule(
    'info',
    'subject',
    'every subject has at least one usable diary row',
    'a subject without data has rows with a reason and no value',
    'export the diary of the subject',
  ),
  'day-zero-unknown': rule(
    'error',
    'subject',
    'a subject has a first treatment or randomisation date',
    'without day 0 no window can be placed',
    'export treatmentStart or randomised for the subject',
  ),
  'before-enrolment': rule(
    'error',
    'subject',
    'entries are not dated before consent',
    'data from before consent must not be used',
    'correct the date, or the enrolment date',
  ),
  'after-last-day': rule(
    'info',
    'subject',
    "entries are not dated after the subject's last study day",
    'days after leaving the study do not count',
    'none needed; correct the last day if it is wrong',
  ),
  'after-cut': rule(
    'info',
    'subject',
    'records are dated up to the data cut (R-CUT)',
    'the cut closes the data',
    'none needed; move dataCut if the protocol says so',
  ),
  'arm-unknown': rule(
    'error',
    'subject',
    'an arm is one of those the study file names',
    'a misspelt arm would make a third group',
    'correct the arm, or name it in study.yaml',
  ),
  'arm-missing': rule(
    'warning',
    'subject',
    'a subject has an arm, if the study file names arms',
    'without one he counts in no arm',
    'export the arm of the subject',
  ),
  'cut-rests-on-one': rule(
    'warning',
    'study',
    'the data cut rests on more than one subject',
    "one mistyped month would close everybody's windows",
    'set dataCut in study.yaml, or correct the date',
  ),
  'periods-rest-on-one': rule(
    'warning',
    'study',
    'the number of periods rests on more than one subject',
    'one long diary schedules windows for everybody',
    'set periods.count in study.yaml',
  ),
} as const satisfies Record<string, Rule>
