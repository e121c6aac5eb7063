/**
 * The rule catalogue: what can be wrong with an export, as data. An unknown id does not compile.
 *
 * `error`    the row is quarantined or the file refused; exit code 1.
 * `warning`  the row is used, but somebody should look.
 * `info`     what was done (an excluded copy, a chosen encoding), so that nothing happens in silence.
 *
 * `says` is the rule, `reason` why it exists, `remedy` what to do about a finding.
 * packages/domain/validation/README.md prints this table; a test compares the two, both ways.
 */
export interface Rule {
  readonly severity: 'error' | 'warning' | 'info'
  readonly scope: 'file' | 'row' | 'subject' | 'study'
  readonly says: string
  readonly reason: string
  readonly remedy: string
}

const rule = (
  severity: Rule['severity'],
  scope: Rule['scope'],
  says: string,
  reason: string,
  remedy: string,
): Rule => ({ severity, scope, says, reason, remedy })

export const RULES = {
  // The file as a whole.
  'file-empty': rule(
    'error',
    'file',
    'a file holds a header and at least one row',
    'an empty export is more often a failed export than a study without data',
    'export again and look at the file before dropping it',
  ),
  'file-not-text': rule(
    'error',
    'file',
    'a diary export is a text file (CSV or TSV)',
    'a ZIP, a picture or a workbook cannot be read as rows',
    'unpack it, or save it as CSV',
  ),
  'file-unmatched': rule(
    'error',
    'file',
    'the name of a file fits one source of the study file',
    'a file nobody described cannot be read without guessing',
    'rename the file or add a source for it to study.yaml',
  ),
  'file-encoding': rule(
    'info',
    'file',
    'a file is UTF-8',
    'another encoding had to be chosen; names may look wrong if the choice is',
    'set encoding for this source if names look wrong',
  ),
  'file-delimiter': rule(
    'error',
    'file',
    'cells are separated by comma, semicolon, tab or pipe, the same in every row',
    'without a constant separator columns would shift',
    'set delimiter for this source, or export again',
  ),
  'mapping-constant': rule(
    'error',
    'file',
    "what the study file takes from a file's name, or says for the whole file, is a value of its field",
    'without it no row has that value',
    'rename the file as fileName expects, or correct the constant in study.yaml',
  ),
  'column-missing': rule(
    'error',
    'file',
    'every column that the study file maps is in the header',
    'a metric cannot be computed without its column',
    'correct the column name in study.yaml, or export the column',
  ),
  'column-duplicate': rule(
    'error',
    'file',
    'a mapped column name stands once in the header',
    'it is not known which of the two is meant',
    'rename one of them in the export',
  ),
  'column-unused': rule(
    'info',
    'file',
    'columns of an export are mapped or ignored by name',
    'a column nobody mentions may have been forgotten',
    'map it, or list it under ignore',
  ),
  'date-ambiguous': rule(
    'error',
    'file',
    'the order of day and month is declared or follows from the dates',
    'all dates of the column fit both orders',
    'set dateOrder: dmy or mdy for this source',
  ),
  'limits-exceeded': rule(
    'error',
    'file',
    'a cell holds at most 1 MiB, a row at most 8 MiB, a header at most 4,096 columns',
    'a damaged or hostile file must not take the machine down',
    'export again; the line named holds the damage',
  ),
  // One row.
  'row-nul': rule(
    'error',
    'row',
    'a row holds no NUL byte',
    'NUL bytes come from a damaged disk or a wrong encoding',
    'export again',
  ),
  'row-ragged': rule(
    'error',
    'row',
    'a row has as many cells as the header',
    'cells of a short or long row may belong to other columns',
    'correct the row, often a stray separator or an unquoted text',
  ),
  'row-blank': rule(
    'info',
    'row',
    'a row holds at least one value',
    'a row of empty cells says nothing about anybody',
    'none needed; the row is left out',
  ),
  'row-quote': rule(
    'error',
    'row',
    'quotes enclose whole cells and are doubled inside them (RFC 4180)',
    'text after a closing quote, or a quote inside an unquoted cell, makes cells ambiguous',
    'export with RFC 4180 quoting; a backslash does not escape',
  ),
  'quote-unclosed': rule(
    'error',
    'file',
    'every opened quote is closed',
    'all rows after it were swallowed by one cell',
    'close the quote in the line named',
  ),
  'value-missing': rule(
    'error',
    'row',
    'subject and day (or start) of a row are filled in',
    'a row that belongs to nobody or to no day cannot be used',
    'fill in the cell',
  ),
  'value-type': rule(
    'error',
    'row',
    "a cell holds a value of its column's type",
    'text in a number column is not a number, and guessing one would invent data',
    'correct the cell, or add its text to the missing values of the source',
  ),
  'value-unknown': rule(
    'error',
    'row',
    'a coded value is one of those the study file maps',
    'an unknown code has no meaning here',
    'correct the cell, or add the code under values in study.yaml',
  ),
  'visit-unknown': rule(
    'error',
    'row',
    'a visit is one of those the study file schedules for the parameter',
    'a value of an unscheduled visit has no place in the results',
    'correct the visit, or add it under values in study.yaml',
  ),
  'date-invalid': rule(
    'error',
    'row',
    'a date exists in the calendar and is written as declared',
    'a day such as 31 April does not exist',
    'correct the date',
  ),
  'number-thousands': rule(
    'error',
    'row',
    'numbers have no thousands separator',
    '1.234 may be 1234 or 1.234',
    'set decimal for this source, or export without separators',
  ),
  'out-of-range': rule(
    'error',
    'row',
    "a value lies within its item's range and is whole where whole numbers are required (R-RANGE)",
    'values outside the scale are typing errors; they are not clipped',
    'correct the value at the source',
  ),
  'end-before-start': rule(
    'error',
    'row',
    'an episode does not end before it starts (R-RANGE)',
    'a negative duration is a typing error',
    'correct start or end',
  ),
  'day-zero': rule(
    'error',
    'row',
    'study days have no day 0 unless dayZero says how it is meant (R-REL)',
    'day 0 is the first day to some and the day before it to others',
    'set dayZero: first or before for this source',
  ),
  'follow-up-before-attack': rule(
    'error',
    'row',
    'what follows an attack is not dated before its first stimulation or dose (t0)',
    'a negative time since t0 is a typing error',
    'correct t0 or the time of the follow-up',
  ),
  'attack-duration': rule(
    'info',
    'row',
    'an attack of cluster headache lasts 15 to 180 minutes',
    'a description, not a filter: the attack counts, but its start or end may be a typing error',
    'ask the site whether start and end are right',
  ),
  'future-entry': rule(
    'error',
    'row',
    'an entry is not submitted before its day begins',
    'nobody can report a day that has not come',
    'correct the date or the submission time',
  ),
  contradiction: rule(
    'warning',
    'row',
    'answers of one row do not contradict each other',
    'severity or duration without headache, or no headache beside an episode: one of the two is wrong',
    'ask the site; episodes decide over forms (R-FORM)',
  ),
  'late-entry': rule(
    'info',
    'row',
    'a diary entry is submitted within diary.lateHours after the end of its day (R-LATE)',
    'late entries rest on memory: kept, never analysed',
    'none needed; raise lateHours only if the protocol says so',
  ),
  'submission-missing': rule(
    'info',
    'file',
    'entries carry the instant of their submission, where the export has a column for it (R-LATE)',
    'an entry without one is taken to be on time, and copies of it are settled by the worse value',
    'none needed; export the submission of every entry if late ones matter',
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
  'row-without-values': rule(
    'info',
    'row',
    'a row of a visits, days-wide or follow-ups export holds a value at some visit, day or time',
    'a row without any adds nothing',
    'none needed; the row is left out, facts about the subject are kept',
  ),
  'clock-change': rule(
    'info',
    'row',
    'a wall clock shows a time once (R-TZ)',
    'when clocks change an hour exists twice (the earlier was taken) or not at all (it was shifted forward)',
    'none needed; export offsets if minutes matter',
  ),
  'scale-change': rule(
    'error',
    'row',
    'pain ratings of a subject stay on one scale',
    'NRS and VAS values are not exchangeable within a subject',
    'export the scale the subject started with',
  ),
  // Subjects and the study as a whole.
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
  'diary-gap': rule(
    'info',
    'subject',
    'a diary has no hole of more than 14 days',
    'so long a hole is more often a lost device or upload than a silent patient',
    'ask the site whether a device or an upload was lost',
  ),
  'follow-up-without-attack': rule(
    'warning',
    'subject',
    'a follow-up names the number or t0 of an attack of its subject',
    'nobody knows what it follows, so it is left out',
    'export the attack, or correct its number or t0',
  ),
  'attack-number-twice': rule(
    'warning',
    'subject',
    'attacks of a subject have different numbers',
    'follow-ups by number were given to the attack of that number that began last before them',
    'correct the number of the attack',
  ),
  'attack-before-treatment': rule(
    'warning',
    'subject',
    'treated attacks are dated on study day 1 or later',
    'what was treated before the first treatment was not treated with it: no treated attack',
    'correct t0, or the date of the first treatment',
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
  'calendar-shift': rule(
    'warning',
    'subject',
    'dates and study days of a subject run in step',
    'a date moved against its study day',
    'ask the site which of the two is right',
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
  'subject-without-data': rule(
    'info',
    'subject',
    'every subject has at least one usable diary row',
    'a subject without data has rows with a reason and no value',
    'export the diary of the subject',
  ),
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES
