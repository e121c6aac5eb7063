export * from './journal.ts'
export * from './receipt.ts'
export type * from './vault.ts'
