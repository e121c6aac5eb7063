/** The door `./process`: what a process needs before it knows what it will do. Loads no library, so that it opens at once. */
export * from './exit-with-reason.ts'
export * from './shutdown.ts'
export * from './user-path.ts'
