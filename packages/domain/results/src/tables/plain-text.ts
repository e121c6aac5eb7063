import { markPresent, maskBytes } from '@afferent/records'
import type { PlainTextColumn } from '@afferent/records/arrow'

const encoder = new TextEncoder()

/** Texts written in full; null is missing. */
export function plainText(texts: readonly (string | null)[]): PlainTextColumn {
  const offsets = new Int32Array(texts.length + 1)
  const valid = new Uint8Array(maskBytes(texts.length))
  const cells = texts.map((text, row) => {
    if (text !== null) markPresent(valid, row)
    return encoder.encode(text ?? '')
  })
  cells.forEach((cell, row) => {
    offsets[row + 1] = (offsets[row] as number) + cell.length
  })
  const bytes = new Uint8Array(offsets[texts.length] as number)
  cells.forEach((cell, row) => {
    bytes.set(cell, offsets[row])
  })
  return { kind: 'plain-text', offsets, bytes, valid: texts.includes(null) ? valid : null }
}
