import type { ExportProfile } from '@afferent/records'
import type { Remarks } from './propose-values.ts'
import type { Recognised } from './recognise-columns.ts'

/** Dates that fit both orders: as the other dates of the file say, else day first where dots part them, else a question. */
export function proposeDateOrder(profile: ExportProfile, fields: Recognised, remarks: Remarks): 'dmy' | 'mdy' | null {
  const unclear = [...fields.values()].filter(({ dateOrder }) => dateOrder === 'ambiguous')
  if (unclear.length === 0) return null
  const names = unclear.map(({ name }) => JSON.stringify(name)).join(', ')
  const clear = new Set(profile.columns.map((column) => column.dateOrder).filter((order) => order !== 'ambiguous'))
  clear.delete(null)
  const dots = unclear.every(({ min }) => /^\d{1,2}\.\d{1,2}\./.test(min ?? ''))
  const [order] = clear.size > 0 ? clear : dots ? ['dmy' as const] : []
  if (clear.size <= 1 && (order === 'dmy' || order === 'mdy')) {
    const why = clear.size > 0 ? 'as the other dates of the file' : 'since dots part them'
    const text = `CHECK: the dates of ${names} fit day/month and month/day; read as ${order}, ${why}`
    remarks.push({ path: ['sources', 0, 'dateOrder'], text })
    return order
  }
  const question = `QUESTION: the dates of ${names} fit day/month and month/day. Which? Add one of the lines`
  remarks.push({ path: ['sources', 0, 'columns'], text: `${question}\n   dateOrder: dmy\n   dateOrder: mdy` })
  return null
}
