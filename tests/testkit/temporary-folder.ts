import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * A fresh, empty folder (mode 700) that is removed when the running test ends, whatever its result.
 * For a folder that lasts a whole suite call it while tests are collected, with `afterAll` as `whenDone`.
 */
export function temporaryFolder(prefix = 'afferent-', whenDone: (remove: () => void) => void = onTestFinished): string {
  const path = mkdtempSync(join(tmpdir(), prefix))
  whenDone(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }))
  return path
}
