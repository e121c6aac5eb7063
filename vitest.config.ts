import { defineConfig } from 'vitest/config'

/** One configuration for all tests: those beside the source and those in tests/. Two forks, for two cores. */
export default defineConfig({
  test: {
    include: ['packages/**/src/**/*.test.ts', 'services/**/src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'tests/bench/**'],
    pool: 'forks',
    maxWorkers: 2,
    // Far above what any test needs, so that a busy machine does not fail one; a hang still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    passWithNoTests: false,
  },
})
