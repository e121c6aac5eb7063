import { MEDICATIONS } from '@afferent/records'
import { z } from 'zod'
import { LAYOUT_NAMES, UNITS } from '../source.ts'
import { EVERY, FIELDS, READING_FIELDS } from './fields.ts'
import { results } from './laboratory-settings.ts'

/** The part of study.yaml that says what an export looks like. Raw form: what a person may write, shorthand included. */

const word = z.string().min(1).max(200)
const valueMap = z.record(z.string(), word)

const mapping = z.strictObject({
  column: word.optional().describe('name of the column, exactly as in the header'),
  constant: word.optional().describe('the same value on every row, in place of a column'),
  fileName: word
    .optional()
    .describe("regular expression with one group on the upload's name, in place of a column: '(\\w+)\\.csv'"),
  values: valueMap.optional().describe('words of the export to values of the field: { Ja: Y, Nein: N }'),
  unit: z.enum(UNITS).optional().describe('unit of the cells'),
  missingWhenEmpty: word.optional().describe('the value is missing when the cell of this column is empty'),
  parameter: word.optional().describe('field value only: code of the parameter, if no column names it'),
})

const columnMapping = z.union([word, mapping, z.array(z.union([word, mapping])).min(1)])

const covariate = z.strictObject({
  column: mapping.shape.column,
  constant: mapping.shape.constant,
  fileName: mapping.shape.fileName,
  values: mapping.shape.values,
  label: word.optional().describe('label of the adsl column; default: the name of the column'),
  type: z.enum(['text', 'number']).optional().describe('default: text'),
})

const limit = z.union([z.number(), z.literal('none')])

const visit = z.strictObject({
  column: word.optional().describe('column that holds the value at this visit; leave it out for long exports'),
  label: word.optional().describe('as printed in AVISIT; default: Baseline for visit 0, else Visit n'),
  days: z.number().positive().max(10_000).optional().describe('length of the period the value was counted over'),
  missingWhenEmpty: mapping.shape.missingWhenEmpty,
})

const parameter = z.strictObject({
  label: word.max(40).optional().describe('PARAM; needed once per parameter'),
  unit: word.optional().describe('AVALU; needed once per parameter'),
  direction: z
    .enum(['lower-is-better', 'higher-is-better'])
    .optional()
    .describe('which way is better; needed once per parameter'),
  range: z.tuple([limit, limit]).optional().describe('lowest and highest possible value, both allowed; none: no limit'),
  days: visit.shape.days.describe('length of the period at visits that do not say otherwise'),
  perDays: z
    .union([z.number().positive().max(10_000), z.literal('none')])
    .optional()
    .describe('scale counts to this many days (28: per 28 days); default: the value stands as exported'),
  pooled: z
    .boolean()
    .optional()
    .describe('pool all visits after the baseline into one value as well (code with suffix P)'),
  visits: z
    .record(z.string(), z.union([word, visit]))
    .describe('visit number (0: baseline) to a column name, or to column, label, days'),
})

const answers = z.record(z.string(), z.union([word, z.number()]))

const itemColumns = z.union([
  word,
  z.strictObject({
    columns: z
      .union([word, z.record(z.string(), word)])
      .describe("item to column, or a name with {item} in it for all items; '*' for those not listed"),
    values: answers.optional().describe('words of the export to answers: { never: 1, always: 5 }'),
  }),
  z.record(z.string(), word),
])

const studyDay = z.number().int().min(-9999).max(9999)

const dayColumns = z.strictObject({
  columns: z
    .union([word, z.record(z.string(), word)])
    .describe(
      "name of the columns with {day} in place of the number ('pain_d{day}'; {day2}: two digits), or each day's column: { 1: mon }",
    ),
  from: studyDay.optional().describe('first day, beside a name with {day}'),
  to: studyDay.optional().describe('last day, beside a name with {day}'),
  values: mapping.shape.values,
  unit: mapping.shape.unit,
})

const columns = z.strictObject(
  Object.fromEntries(
    Object.entries(FIELDS)
      .filter(([name]) => name !== 'covariate')
      .map(([name, rule]) => [name, columnMapping.optional().describe(rule.says)]),
  ),
)

const days = z.strictObject(
  Object.fromEntries(
    Object.entries(FIELDS)
      .filter(([, rule]) => rule.layouts.includes('days-wide') && rule.layouts !== EVERY)
      .map(([name, rule]) => [name, dayColumns.optional().describe(rule.says)]),
  ),
)

const cell = mapping.pick({ values: true, unit: true, missingWhenEmpty: true }).extend({
  column: word.describe('name of the column, exactly as in the header'),
})

const reading = z.strictObject(
  Object.fromEntries(
    READING_FIELDS.map((name) => [name, z.union([word, cell]).optional().describe(FIELDS[name].says)]),
  ),
)

const auto = z.literal('auto')

export const SOURCE_SETTINGS = z.strictObject({
  name: word.optional().describe('name of the source in messages; default: its layout'),
  files: word.describe(
    "pattern of file names: *, **, ?, {a,b}; parentheses group cumulative exports: 'diary_(*)_????-??-??.csv'",
  ),
  format: z.literal('csv').optional().describe('default: csv'),
  layout: z
    .enum(LAYOUT_NAMES)
    .describe(
      'daily: a row per subject and day; episodes: a row per headache; intakes: a row per intake; subjects: a row per subject; ' +
        'visits: values already summarised per visit; days-wide: a row per subject and a column per day; ' +
        'stimulation: a row per session, or per day of sessions; adverse-events: a row per event; ' +
        'assessments: questionnaires, a row per item or a column per item; ' +
        'attacks: a row per treated attack; follow-ups: a row per reading, rescue, dose or headache after t0; ' +
        'measurements: laboratory, a row per result or a column per analyte; rr-intervals: a row per RR interval',
    ),
  delimiter: z
    .enum(['auto', 'comma', 'semicolon', 'tab', 'pipe', ',', ';', '\t', '|'])
    .optional()
    .describe('default: auto, found in the file'),
  encoding: z
    .enum(['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])
    .optional()
    .describe('default: auto, byte-order mark, else UTF-8 if valid, else Windows-1252'),
  decimal: z.enum(['auto', 'point', 'comma', '.', ',']).optional().describe('decimal mark; default: auto, per column'),
  headerLine: z
    .union([auto, z.literal('none'), z.number().int().min(1).max(10_000)])
    .optional()
    .describe(
      "line of the header; none: there is none, and columns are named '1', '2', ...; default: auto, the first line that holds all mapped columns",
    ),
  skipAfterHeader: z
    .number()
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe(
      'lines to leave out after the header (Qualtrics: 2), or before the first row if there is none; default: 0',
    ),
  missing: z.array(word).optional().describe("cells that mean 'no value', beside the empty cell: [NA, -99]"),
  dateOrder: z
    .enum(['auto', 'iso', 'dmy', 'mdy'])
    .optional()
    .describe('order of day and month; default: auto, an error where the dates fit both'),
  dayZero: z
    .enum(['none', 'first', 'before'])
    .optional()
    .describe('what study day 0 of the export is: no day (default), the day of treatment, or the day before it'),
  ignore: z
    .union([z.literal('*'), z.array(word)])
    .optional()
    .describe('columns that are known and not wanted; *: all others'),
  columns: columns
    .optional()
    .describe('field to column: { subject: id, headache: { column: ha, values: { ja: Y, nein: N } } }'),
  covariates: z
    .record(z.string(), z.union([word, covariate]))
    .optional()
    .describe('adsl column (at most 8 characters, A-Z 0-9) to column of the export'),
  values: z
    .record(z.string(), parameter)
    .optional()
    .describe('layout visits: parameter code to what it is and where it stands'),
  days: days.optional().describe('layout days-wide: field to its columns'),
  items: z
    .record(z.string(), itemColumns)
    .optional()
    .describe("layout assessments: questionnaire to its columns: { HIT6: 'hit6_{item}', PGIC: { 1: pgic } }"),
  totals: z
    .record(z.string(), word)
    .optional()
    .describe('layout assessments: code of a score to the column of a total summed elsewhere: { PHQ9: phq9_total }'),
  results: results
    .optional()
    .describe(
      'layout measurements: analyte to its column, unit and limits: { CRP: { column: crp, unit: mg/dL, lloq: 0.3 } }',
    ),
  followUps: z
    .record(z.string(), reading)
    .optional()
    .describe('layout attacks: minutes after t0 to the columns of that reading: { 120: { pain: p120, nausea: n120 } }'),
  products: z
    .record(z.string(), z.enum(MEDICATIONS))
    .optional()
    .describe('names of medication to classes: { sumatriptan: triptan }'),
})

export type RawSource = z.infer<typeof SOURCE_SETTINGS>
export type RawMapping = z.infer<typeof mapping>
export type RawParameter = z.infer<typeof parameter>
export type RawVisit = z.infer<typeof visit>
export type RawReading = z.infer<typeof reading>
export type RawDayColumns = z.infer<typeof dayColumns>
export type RawItemColumns = z.infer<typeof itemColumns>
