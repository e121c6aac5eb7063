export * from './calendar.ts'
export type * from './study.ts'
export * from './zones.ts'
