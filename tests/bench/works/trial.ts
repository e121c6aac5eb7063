import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { assertEqual } from '../answers/assert-equal.ts'
import { CLI, productTables } from '../measure/product.ts'
import { rscript, whyNoR } from '../measure/rscript.ts'
import { scratch } from '../measure/scratch.ts'
import { compare, nodeOfNothing, repeat, unweighed } from '../measure/whole-process.ts'
import { alone, besides, type Row, skipped, type Work } from '../measure/work.ts'
import { trialOf400 } from '../trials/data.ts'

const R = 'R dplyr'

/** A trial of 400 subjects as it comes (late entries, second copies, people who leave): `analyze` and its start-up. */
export const trialBesideR: Work = {
  name: 'trial',
  async run({ quick, runs: asked }) {
    const runs = quick ? 3 : Math.max(asked, 9)
    const data = await trialOf400()
    const [ours, theirs] = [await scratch('trial'), await scratch('r-trial')]
    await mkdir(theirs, { recursive: true })
    const work = `400 subjects, ${data.rows.toLocaleString('en-US')} rows, analyze`
    const product = () => productTables(data, data.study, ours)
    await product()
    const rows: Row[] = [alone(work, await repeat(product, runs), runs, { seconds: 0.6 })]

    const why = whyNoR('dplyr')
    if (why !== null) rows.push(skipped(work, R, why))
    else {
      const inR = () => rscript('trial-dplyr.R', data.diary, data.subjects, theirs)
      await inR()
      const equal = await assertEqual(join(ours, 'adeff.csv'), join(theirs, 'adeff.csv'))
      const note = `${equal.toLocaleString('en-US')} equal rows of adeff; R writes 17 of 27 parameters, CSV alone`
      rows.push(besides(work, R, await compare(product, inR, runs), { ratio: 0.3 }, note))
    }

    const help = () => unweighed(CLI, ['--help'])
    const modules = () => unweighed('programs/load-analyze.js')
    await modules()
    rows.push(
      besides('start-up: afferent --help', 'node -e 0', await compare(help, nodeOfNothing, runs), { seconds: 0.2 }),
    )
    rows.push(
      besides('start-up: modules of analyze', 'node -e 0', await compare(modules, nodeOfNothing, runs), {
        seconds: 0.2,
      }),
    )
    return rows
  },
}
