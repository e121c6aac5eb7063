export type * from './look.ts'
export type * from './ports.ts'
export * from './steps.ts'
