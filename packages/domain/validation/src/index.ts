export { type FileToValidate, type Validated, validateFile } from './file/validate-file.ts'
export { type SettledRows, settle } from './settle/settle.ts'
export { studyFacts } from './study-facts.ts'
export { subjectsOf } from './subjects-of.ts'
