import { makeBundle } from './make-bundle.ts'

/** `pnpm install` ends with this. Without a bundle everything works as well, so an install does not fail for want of one. */
try {
  await makeBundle()
} catch (error) {
  process.stderr.write(`no bundle could be made, so afferent runs its sources, which start slower: ${String(error)}\n`)
}
