import { enableCompileCache } from 'node:module'

enableCompileCache()

/** Loads what `afferent analyze` loads before its first byte is read, and ends: the start-up of its modules alone. */
const { currentBundle } = await import('../../../services/cli/src/bundle/open-bundle.js')
const bundle = currentBundle()
if (bundle === null) throw new Error('the bundle is not made of these sources')
for (const name of ['command-line.cjs', 'analysis.cjs']) bundle.load(name)
