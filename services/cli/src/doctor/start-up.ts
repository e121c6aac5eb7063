import { currentBundle } from '../bundle/open-bundle.js'
import { type Check, fine, odd } from './check.ts'

/** Whether `afferent` starts from the bundle; from the sources everything works as well. */
export const checkStart = (): Check =>
  currentBundle() === null
    ? odd('start', 'from the sources, which takes longer', 'npx -y pnpm@12 bundle, in the folder of Afferent')
    : fine('start', 'from the bundle of these sources')
