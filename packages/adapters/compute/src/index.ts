export { type OpenCompute, openCompute } from './open-compute.ts'
