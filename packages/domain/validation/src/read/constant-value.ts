import type { CellType } from '@afferent/formats'
import { parseIsoDay } from '@afferent/study'

const FLAGS: Readonly<Record<string, number>> = { y: 1, yes: 1, true: 1, '1': 1, n: 0, no: 0, false: 0, '0': 0 }

/** A constant of the study file as a cell of that type would hold it; null: it is no such value. */
export function constantValue(text: string, type: CellType): number | string | null {
  switch (type.kind) {
    case 'text':
      return text
    case 'flag':
      return FLAGS[text.toLowerCase()] ?? null
    case 'code':
      return type.codes.find(([word]) => word === text || (type.fold && word === text.toLowerCase()))?.[1] ?? null
    case 'date':
      return parseIsoDay(text)
    case 'number':
      return numberConstant(text, type)
    case 'duration':
      return text.trim() !== '' && Number(text) >= 0 ? Number(text) : null
    case 'instant':
    case 'presence':
      return null
  }
}

function numberConstant(text: string, type: Extract<CellType, { readonly kind: 'number' }>): number | null {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || (type.integer && !Number.isInteger(value))) return null
  if ((type.min !== null && value < type.min) || (type.max !== null && value > type.max)) return null
  return value / type.divisor
}
