import { cp, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BenchInstallation } from '../measure/installation.ts'
import { median } from '../measure/whole-process.ts'
import { alone, type Work } from '../measure/work.ts'
import { trialOf400 } from '../trials/data.ts'

/**
 * From the moment a whole file lies in the drop folder to the moment its run is `latest`, debounce included, in an
 * installation that is up (embedded queue, one worker process). Each time it is another version of the diary, one row
 * shorter than the one before, so that nothing can be taken from an earlier run; the first is not counted.
 */
export const dropToPublished: Work = {
  name: 'published',
  async run({ quick }) {
    const runs = quick ? 5 : 20
    const data = await trialOf400()
    const installation = await BenchInstallation.start('published')
    try {
      const drop = await installation.drop('bench')
      for (const file of [data.study, data.subjects]) await cp(file, join(drop, basename(file)))
      const lines = (await readFile(data.diary, 'utf8')).trimEnd().split('\n')
      const seconds: number[] = []
      for (let run = 0; run <= runs; run++) {
        const unfinished = join(installation.data, 'diary.part')
        await writeFile(unfinished, `${lines.slice(0, lines.length - run).join('\n')}\n`)
        const before = (await installation.vault.latest('bench'))?.run
        const since = performance.now()
        await rename(unfinished, join(drop, basename(data.diary)))
        await installation.published('bench', before)
        seconds.push((performance.now() - since) / 1000)
        await installation.atRest('bench')
      }
      const counted = seconds.slice(1)
      const ours = { seconds: median(counted), peakBytes: installation.peakBytes()?.workers ?? null, cpuSeconds: null }
      const note = `slowest ${Math.max(...counted).toFixed(2)} s; memory of the worker`
      return [alone('400 subjects, file stable to published', ours, runs, { seconds: 1 }, note)]
    } finally {
      await installation.stop()
    }
  },
}
