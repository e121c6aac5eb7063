export type * from './csv/dialect.ts'
export type * from './csv/reading.ts'
export type * from './csv/request.ts'
