import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { productMetrics, productWide } from '../measure/product.ts'
import { compare } from '../measure/whole-process.ts'
import { besides, type Row, type Work } from '../measure/work.ts'
import { diaryOf } from '../trials/data.ts'
import { FORMS, formOf } from '../trials/forms.ts'

/** The same diary in other forms than the plain one costs little more; its metrics are the same to the byte. */
export const otherForms: Work = {
  name: 'other-forms',
  async run({ quick, runs }) {
    const plain = await diaryOf(quick ? 500_000 : 10_000_000)
    const expected = await hashOf(await productWide(plain))
    const rows: Row[] = []
    for (const { name, says, most } of FORMS) {
      const form = { ...plain, diary: await formOf(plain, name) }
      const found = await hashOf(await productWide(form))
      if (found !== expected) throw new Error(`metrics of the diary with ${says} differ from those of the plain one`)
      const both = await compare(
        () => productMetrics(form),
        () => productMetrics(plain),
        Math.min(runs, 3),
      )
      rows.push(besides(`${quick ? '0.5M' : '10M'} rows, ${says}`, 'the plain file', both, { ratio: most }))
    }
    return rows
  },
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return hash.digest('hex')
}
