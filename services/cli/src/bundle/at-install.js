/** `pnpm install` ends with this. Everything works without a bundle as well, so no install fails for want of one. */
try {
  const { makeBundle } = await import('./make-bundle.ts')
  await makeBundle()
} catch (error) {
  process.stderr.write(`no bundle could be made, so afferent runs its sources, which start slower: ${error}\n`)
}
