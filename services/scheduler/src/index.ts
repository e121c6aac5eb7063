export { SchedulerConfig } from './config.ts'
export { createScheduler, type Scheduler, type SchedulerOptions } from './create-scheduler.ts'
export { takingIn } from './taking.ts'
