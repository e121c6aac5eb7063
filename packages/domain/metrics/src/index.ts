export { type Derived, deriveSubjects } from './derive.ts'
export { parametersOf } from './parameters.ts'
export { SPAN_VISIT } from './schedule.ts'
export { visitsOf } from './visits.ts'
