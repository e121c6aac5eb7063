import { type Rule, rule } from './rule.ts'

/** What is taken at visits: questionnaires, laboratory results, records of RR intervals. */
export const VISIT_RULES = {
  'visit-unscheduled': rule(
    'error',
    'subject',
    'a questionnaire, sample or record names a visit that the study schedules',
    'what belongs to an unscheduled visit has no place in the results',
    'correct the visit, or add it under visits.windows in study.yaml',
  ),
  'answer-rejected': rule(
    'error',
    'row',
    'an answer to a questionnaire is a value its item may have (R-RANGE)',
    'the answer counts as missing; the other answers of the form stay',
    'correct the value at the source, or map its words under values',
  ),
  'safety-answer': rule(
    'warning',
    'row',
    'an answer that safety has to see is seen by a clinician (PHQ9I9), whatever the score',
    'thoughts of death or self-harm must not wait for the analysis',
    'tell the investigator of the site at once; nothing is to be corrected',
  ),
  'form-rejected': rule(
    'error',
    'subject',
    'the answers of one form agree with each other',
    'a form whose answers exclude each other has no score',
    'correct the form at the source',
  ),
  'total-differs': rule(
    'warning',
    'subject',
    'a total summed elsewhere is the score of the items beside it',
    'the score of the items was used; the other follows another rule, or is mistyped',
    'ask who summed it, or leave the total out of the study file',
  ),
  'result-rejected': rule(
    'error',
    'row',
    "a laboratory result is a number above zero, or '<' or '>' with its limit",
    'no concentration is zero or negative, and a result beyond a limit that nobody names has no value; other results of the row stay',
    'correct the result at the source, name the limit (lloq, uloq), or add its text to the missing values',
  ),
  'unit-unknown': rule(
    'error',
    'row',
    'a laboratory result has a unit of its analyte that is known',
    'a unit is converted where it is declared and never guessed: mg/dL taken for mg/L is wrong by a factor of ten',
    'export the unit, map its words by values, or name it under results in study.yaml',
  ),
  'limit-differs': rule(
    'warning',
    'row',
    "a result of '<' or '>' names the limit of quantification that is declared",
    'the limit written with the result was used: dilution or another assay may have moved it',
    'ask the laboratory which limit holds',
  ),
  'analyte-other': rule(
    'info',
    'row',
    'a laboratory result is of an analyte that the study analyses',
    'exports hold more analytes than a study asks for',
    'none needed; name it under laboratory.analytes, or map its name by values, if it is meant',
  ),
  'stimulation-unknown': rule(
    'error',
    'subject',
    'a record of RR intervals says whether the subject was stimulated meanwhile',
    'stimulation changes heart rate variability: records with and without are never mixed',
    'fill in the column, or give it as a constant or from the name of the file (stimulating)',
  ),
  'rr-unit': rule(
    'error',
    'subject',
    'RR intervals of a record are in the unit of the study file: their median is 300 to 2000 ms',
    'a file in seconds read as milliseconds, or heart rates read as intervals, would give numbers that look like results',
    'set unit: s or ms for rr in study.yaml, or map the column of the intervals',
  ),
  'record-conflict': rule(
    'error',
    'subject',
    'what is called the same record holds the same intervals',
    'two recordings mixed interval by interval are none',
    'name the records (record), or give the instant each began (taken)',
  ),
} as const satisfies Record<string, Rule>
