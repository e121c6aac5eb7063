/**
 * What the product computes from the simulated migraine diary, as SQL (preset ihs-4h, prorate14, NRI): written for speed,
 * with declared column types and one pass over the file. Attacks (MATT), pooled values and responses over time are left
 * out, in DuckDB's favour: it writes 0.87 of the product's rows.
 */
export const PARAMETERS = [
  { code: 'DIARYCMP', label: 'Diary compliance (%)', category: 'Diary', unit: '%' },
  { code: 'DIARYOBS', label: 'Observed diary days (d)', category: 'Diary', unit: 'd' },
  { code: 'MHD', label: 'Monthly headache days (d/28 d)', category: 'Headache', unit: 'd/28 d' },
  { code: 'MMD', label: 'Monthly migraine days (d/28 d)', category: 'Headache', unit: 'd/28 d' },
  { code: 'MSHD', label: 'Moderate or severe headache days (d/28 d)', category: 'Headache', unit: 'd/28 d' },
  { code: 'SEVHD', label: 'Severe headache days (d/28 d)', category: 'Headache', unit: 'd/28 d' },
  { code: 'NMHD', label: 'Non-migraine headache days (d/28 d)', category: 'Headache', unit: 'd/28 d' },
  { code: 'HFD', label: 'Headache-free days (d/28 d)', category: 'Headache', unit: 'd/28 d' },
  { code: 'CCD', label: 'Crystal-clear days (d/28 d)', category: 'Headache', unit: 'd/28 d' },
  { code: 'HHRS', label: 'Headache hours (h/28 d)', category: 'Headache', unit: 'h/28 d' },
  { code: 'HSEV', label: 'Mean severity on headache days (0-3)', category: 'Headache', unit: '0-3' },
  { code: 'AMD', label: 'Acute medication days (d/28 d)', category: 'Acute medication', unit: 'd/28 d' },
  { code: 'TRPD', label: 'Triptan days (d/28 d)', category: 'Acute medication', unit: 'd/28 d' },
  { code: 'MSMD', label: 'Migraine-specific medication days (d/28 d)', category: 'Acute medication', unit: 'd/28 d' },
  { code: 'SMPD', label: 'Simple analgesic days (d/28 d)', category: 'Acute medication', unit: 'd/28 d' },
  { code: 'MULTD', label: 'Days with any of several classes (d/28 d)', category: 'Acute medication', unit: 'd/28 d' },
  { code: 'NSAD', label: 'NSAID days (d/28 d)', category: 'Acute medication', unit: 'd/28 d' },
] as const

/** Without criteria; without a minimum of days; and those where more is better, whose criteria are mirrored. */
const DIARY = "PARAMCD IN ('DIARYOBS', 'DIARYCMP')"
const HIGHER_IS_BETTER = "PARAMCD IN ('HFD', 'CCD')"

/** Names of the arms in the study file. */
const TREATMENT = "CASE arm WHEN 'sham' THEN 'Sham' ELSE arm END"

const quote = (path: string): string => `'${path.replaceAll("'", "''")}'`

const DIARY_COLUMNS = `{'subject': 'VARCHAR', 'date': 'DATE', 'submitted': 'VARCHAR', 'headache': 'VARCHAR', 'hours': 'DOUBLE',
  'severity': 'TINYINT', 'pulsating': 'VARCHAR', 'nausea': 'VARCHAR', 'photophobia': 'VARCHAR', 'phonophobia': 'VARCHAR',
  'triptan': 'VARCHAR', 'nsaid': 'VARCHAR'}`

/** One row per subject and window (0: baseline, 1 to 3: periods) with a column per parameter, prorated to 28 days. */
export function wideSql(diary: string, subjects: string): string {
  const rate = (count: string): string => `28 * count(*) FILTER (WHERE ${count}) / O`
  return `
  WITH days AS (
    SELECT d.subject, s.arm, s.treatment_start,
      CASE WHEN d.date < s.treatment_start THEN 0 ELSE (d.date - s.treatment_start) // 28 + 1 END AS visit,
      d.headache = 'Y' AS ha, d.hours, d.severity, d.triptan = 'Y' AS triptan, d.nsaid = 'Y' AS nsaid,
      d.pulsating = 'Y' AS pulsating, d.nausea = 'Y' AS nausea, d.photophobia = 'Y' AS photo, d.phonophobia = 'Y' AS phono
    FROM read_csv(${quote(diary)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
      columns = ${DIARY_COLUMNS}) d
    JOIN read_csv(${quote(subjects)}, header = true) s ON d.subject = s.subject
    WHERE d.date >= s.treatment_start - 28 AND d.date < s.treatment_start + 84
  ), judged AS (
    SELECT subject, arm, treatment_start, visit, ha, hours, severity, ha AND triptan AS trp, ha AND nsaid AS nsa,
      ha AND (hours >= 4 OR triptan OR nsaid) AS hd,
      ha AND hours >= 4 AND pulsating AND severity >= 2 AND (nausea OR (photo AND phono)) AS md,
      ha AND ((severity >= 2 AND hours >= 4) OR triptan) AS ms,
      NOT ha AND NOT pulsating AND NOT nausea AND NOT photo AND NOT phono AND NOT triptan AND NOT nsaid AS clear
    FROM days
  )
  SELECT subject, arm, treatment_start, visit, count(*) AS O,
    CASE WHEN O >= CASE WHEN visit = 0 THEN 20 ELSE 14 END THEN true ELSE false END AS valid,
    count(*) AS DIARYOBS, 100 * count(*) / 28 AS DIARYCMP, ${rate('hd')} AS MHD, ${rate('md')} AS MMD, ${rate('ms')} AS MSHD,
    ${rate('ha AND severity = 3')} AS SEVHD, ${rate('hd AND NOT md')} AS NMHD, ${rate('NOT ha')} AS HFD,
    ${rate('clear')} AS CCD, 28 * coalesce(sum(hours) FILTER (WHERE ha), 0) / O AS HHRS,
    avg(severity) FILTER (WHERE hd) AS HSEV, ${rate('trp OR nsa')} AS AMD, ${rate('trp')} AS TRPD, ${rate('nsa')} AS NSAD,
    ${rate('trp')} AS MSMD, ${rate('nsa')} AS SMPD, ${rate('trp OR nsa')} AS MULTD
  FROM judged GROUP BY subject, arm, treatment_start, visit`
}

/** The long table of adeff: baseline, change, percent change, criteria, labels and flags beside each value. */
export function longSql(diary: string, subjects: string, study: string): string {
  const codes = PARAMETERS.map(({ code }) => code)
  const values = PARAMETERS.map(
    ({ code, label, category, unit }) => `(${quote(code)}, ${quote(label)}, ${quote(category)}, ${quote(unit)})`,
  )
  const crit = (n: number, cut: number): string =>
    `CASE WHEN visit > 0 AND BASE > 0 AND NOT based.${DIARY}
      THEN CASE WHEN (CASE WHEN based.${HIGHER_IS_BETTER} THEN -PCHG ELSE PCHG END) <= -${cut} + 1e-9 THEN 'Y' ELSE 'N' END
     END AS CRIT${n}FL`
  return `
  WITH wide AS (${wideSql(diary, subjects)}),
  long AS (
    SELECT * FROM (
      SELECT subject, arm, treatment_start, visit, O, valid,
        ${codes.map((code) => (code === 'DIARYOBS' ? 'CAST(DIARYOBS AS DOUBLE) AS DIARYOBS' : code)).join(', ')} FROM wide
    ) UNPIVOT INCLUDE NULLS (VALUE FOR PARAMCD IN (${codes.join(', ')}))
  ),
  based AS (
    SELECT *, CASE WHEN valid OR ${DIARY} THEN VALUE END AS AVAL,
      max(CASE WHEN visit = 0 AND (valid OR ${DIARY}) THEN VALUE END) OVER (PARTITION BY subject, PARAMCD) AS BASE
    FROM long
  )
  SELECT ${quote(study)} AS STUDYID, ${quote(`${study}-`)} || subject AS USUBJID, ${TREATMENT} AS TRTP, ${TREATMENT} AS TRTA, based.PARAMCD, PARAM, PARCAT1,
    CASE WHEN visit = 0 THEN 'Baseline' ELSE 'Weeks ' || (visit * 4 - 3) || ' to ' || (visit * 4) END AS AVISIT,
    visit AS AVISITN, CASE WHEN visit = 0 THEN -28 ELSE visit * 28 - 27 END AS AWLO,
    CASE WHEN visit = 0 THEN -1 ELSE visit * 28 END AS AWHI,
    CASE WHEN visit = 0 THEN treatment_start - 1 ELSE treatment_start + CAST(visit * 28 - 1 AS INTEGER) END AS ADT,
    AWHI AS ADY, AVAL, NULL AS AVALC, AVALU, NULL AS AVALCAT1, BASE,
    CASE WHEN visit > 0 THEN AVAL - BASE END AS CHG,
    CASE WHEN visit > 0 AND BASE <> 0 THEN 100 * (AVAL - BASE) / BASE END AS PCHG,
    NULL AS BASETYPE, CASE WHEN visit = 0 THEN 'Y' END AS ABLFL, O AS NOBS, round(AVAL * O / 28, 6) AS NEVT,
    CASE WHEN O < 28 THEN 'PRORATE' END AS DTYPE, 'Reduction from baseline of at least 30 %' AS CRIT1, 'Reduction from baseline of at least 50 %' AS CRIT2,
    'Reduction from baseline of at least 75 %' AS CRIT3, 'Reduction from baseline of at least 100 %' AS CRIT4, NULL AS CRIT5, NULL AS CRIT6,
    ${crit(1, 30)}, ${crit(2, 50)}, ${crit(3, 75)}, ${crit(4, 100)}, NULL AS CRIT5FL, NULL AS CRIT6FL,
    CASE WHEN AVAL IS NOT NULL THEN 'Y' END AS ANL01FL,
    'preset ihs-4h; criteria; basis episode; features day; period prorate14; baseline >= 20 d; responders NRI' AS METHOD,
    CASE WHEN AVAL IS NULL THEN 'INSUFFICIENT_DAYS' END AS AREASON, NULL AS PROVFL
  FROM based JOIN (VALUES ${values.join(', ')}) p(PARAMCD, PARAM, PARCAT1, AVALU) ON based.PARAMCD = p.PARAMCD
  ORDER BY USUBJID, based.PARAMCD, AVISITN`
}

/** adsl from a table `adeff`: facts of the subjects' file and responses of the primary parameter (MMD, last period, NRI). */
export function subjectsSql(subjects: string, study: string): string {
  const response = (n: number, cut: number): string =>
    `CASE WHEN base.BASE > 0 THEN coalesce(last.CRIT${n}FL, 'N') END AS RSP${cut}`
  return `
  SELECT ${quote(study)} AS STUDYID, ${quote(`${study}-`)} || s.subject AS USUBJID, site AS SITEID, arm AS ARM, ${TREATMENT} AS TRTP,
    ${TREATMENT} AS TRTA, age AS AGE, sex AS SEX, bmi AS BMI, NULL AS CONDITN, years_ill AS PDURY, treatment_start AS TRTSDT,
    last_day AS EOSDT, ${response(1, 30)}, ${response(2, 50)}, ${response(3, 75)}, ${response(4, 100)}
  FROM read_csv(${quote(subjects)}, header = true) s
  LEFT JOIN (FROM adeff WHERE PARAMCD = 'MMD' AND AVISITN = 0) base ON base.USUBJID = ${quote(`${study}-`)} || s.subject
  LEFT JOIN (FROM adeff WHERE PARAMCD = 'MMD' AND AVISITN = 3) last ON last.USUBJID = ${quote(`${study}-`)} || s.subject
  ORDER BY 2`
}
