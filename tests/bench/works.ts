import type { Work } from './measure/work.ts'
import { addedSubject } from './works/added-subject.ts'
import { hundredMillion } from './works/hundred-million.ts'
import { manyFiles } from './works/many-files.ts'
import { metricsBesideDuckdb } from './works/metrics-duckdb.ts'
import { metricsBesidePolars } from './works/metrics-polars.ts'
import { metricsBesideR } from './works/metrics-r.ts'
import { otherForms } from './works/other-forms.ts'
import { dropToPublished } from './works/published.ts'
import { tablesBesideDuckdb } from './works/tables-duckdb.ts'
import { trialBesideR } from './works/trial.ts'
import { workerScaling } from './works/worker-scaling.ts'
import { writingBesideDuckdb } from './works/writing.ts'

/** The suite, in the order of its table. */
export const WORKS: readonly Work[] = [
  metricsBesideDuckdb,
  tablesBesideDuckdb,
  metricsBesidePolars,
  metricsBesideR,
  hundredMillion,
  otherForms,
  trialBesideR,
  dropToPublished,
  manyFiles,
  addedSubject,
  workerScaling,
  writingBesideDuckdb,
]
