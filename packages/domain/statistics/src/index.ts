export { type Description, describe, quantile } from './describe.ts'
export { type CohortInput, summarizeCohort } from './summarize-cohort.ts'
export { type Proportion, wilsonInterval } from './wilson.ts'
