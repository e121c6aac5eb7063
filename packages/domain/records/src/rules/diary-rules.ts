import { type Rule, rule } from './rule.ts'

/** Diaries: days, episodes and intakes, and what happens when a day comes more than once. */
export const DIARY_RULES = {
  contradiction: rule(
    'warning',
    'row',
    'answers of one row do not contradict each other',
    'severity or duration without headache, or no headache beside an episode: one of the two is wrong',
    'ask the site; episodes decide over forms (R-FORM)',
  ),
  'product-unknown': rule(
    'warning',
    'row',
    'the class of a medication product is in the study file',
    'without its class an intake counts as any acute medication only',
    'add the product under products in study.yaml',
  ),
  'no-medication': rule(
    'info',
    'row',
    "an intake names a product; 'no medication' is none",
    'it says that nothing was taken',
    'none needed; the row is left out',
  ),
  'scale-change': rule(
    'error',
    'row',
    'pain ratings of a subject stay on one scale',
    'NRS and VAS values are not exchangeable within a subject',
    'export the scale the subject started with',
  ),
  'duplicate-copy': rule(
    'info',
    'subject',
    'a diary day is recorded once (R-DUP)',
    'an identical copy was collapsed',
    'none needed',
  ),
  'duplicate-conflict': rule(
    'warning',
    'subject',
    'copies of a diary day agree (R-DUP)',
    'the latest submission on time was used, of equal ones the worse value',
    'ask the site which is right',
  ),
  superseded: rule(
    'info',
    'subject',
    'a row of a later upload replaces the row of the same day (uploads: laterWins)',
    'the later export is taken to be the corrected one',
    'none needed; set uploads: byName if both are meant',
  ),
  'calendar-shift': rule(
    'warning',
    'subject',
    'dates and study days of a subject run in step',
    'a date moved against its study day',
    'ask the site which of the two is right',
  ),
  'diary-gap': rule(
    'info',
    'subject',
    'a diary has no hole of more than 14 days',
    'so long a hole is more often a lost device or upload than a silent patient',
    'ask the site whether a device or an upload was lost',
  ),
} as const satisfies Record<string, Rule>
