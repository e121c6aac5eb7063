import { CR, LF } from './bytes.ts'
import { arraysCode, cellsCode, emptyBitsCode, setArraysCode, TABLES } from './cell-code.ts'
import type { CellReader } from './cell-reader.ts'
import type { GrowingRows } from './growing-rows.ts'
import type { RowPlan } from './plan-row.ts'

/** Why the row loop came back. */
export const AT_STOP = 0
export const NO_ROOM = 1
export const NOT_PLAIN = 2

/**
 * Reads plain records and blank lines from `start` up to `stop` and says why it came back; `rows.row`, `rows.line` and
 * `cells.next` (where the record it could not read begins, or `stop`) stand where it ended.
 */
export type RowLoop = (cells: CellReader, rows: GrowingRows, bytes: Uint8Array, start: number, stop: number) => number

/**
 * The row loop of one export: code written for its columns, one piece after the other, and compiled.
 *
 * A plain record has the right number of cells, no line end inside quotes and nothing that needs a finding. Its common cells are
 * read in place: a digit, a word of one byte, a number, a date, an instant, the text of the row before. Any other cell is
 * left to `CellReader`, any other record to the general way. Arrays are local variables and limits are literals here, which makes
 * this 3.6 times faster than one loop that looks its action up for each cell.
 *
 * Only numbers of the plan become part of the code: no text of a study file or of an export does.
 */
export function compileRows(plan: RowPlan): RowLoop {
  const text = codeOf(plan)
  const known = compiled.get(text)
  if (known !== undefined) return known
  const loop = new Function(...Object.keys(TABLES), text)(...Object.values(TABLES)) as RowLoop
  if (compiled.size >= REMEMBERED_LOOPS) compiled.clear()
  compiled.set(text, loop)
  return loop
}

/** Ranges of a file ask for the same loop, and a compiled one is worth keeping while it is warm. */
const compiled = new Map<string, RowLoop>()
const REMEMBERED_LOOPS = 64

/** Cells of wider records are read by functions of that many columns each: V8 leaves functions of more code uncompiled. */
const COLUMNS_PER_FUNCTION = 24

function codeOf(plan: RowPlan): string {
  const width = plan.action.length
  const columns = Array.from({ length: width }, (_, column) => column)
  const empty = emptyBitsCode(plan)
  const sets = setArraysCode(plan)
  if (width <= COLUMNS_PER_FUNCTION)
    return loopCode('', sets + arraysCode(plan, columns), empty + cellsCode(plan, columns))
  const functions: string[] = []
  const calls: string[] = []
  for (let from = 0; from < width; from += COLUMNS_PER_FUNCTION) {
    const some = columns.slice(from, from + COLUMNS_PER_FUNCTION)
    functions.push(`
      function readCells${from}(cells, rows, bytes, row, at) {
        ${sets}
        ${arraysCode(plan, some)}
        let p = at
        record: { ${cellsCode(plan, some)}
          return p
        }
        return -1
      }`)
    calls.push(`
        p = readCells${from}(cells, rows, bytes, row, p)
        if (p < 0) break record`)
  }
  return loopCode(functions.join(''), sets, empty + calls.join(''))
}

const loopCode = (functions: string, arrays: string, cells: string): string => `'use strict'
  ${functions}
  return function readPlainRows(cells, rows, bytes, start, stop) {
    const { empty } = cells
    ${arrays}
    const capacity = rows.capacity
    let row = rows.row
    let line = rows.line
    let inStep = rows.isInStep()
    let p = start
    let reason = ${AT_STOP}
    while (p < stop) {
      const begin = p
      const first = bytes[p]
      if (first === ${LF} || first === ${CR}) {
        p += first === ${CR} && bytes[p + 1] === ${LF} ? 2 : 1
        line++
        inStep = false
        continue
      }
      if (row >= capacity) {
        reason = ${NO_ROOM}
        break
      }
      rows.pendingVotes = 0
      record: { ${cells}
        if (empty[first] === 1 && cells.isEmpty(begin, p)) {
          rows.line = line
          rows.row = row
          rows.leaveOut()
          inStep = false
        } else if (inStep && rows.pendingVotes === 0) {
          row++
        } else {
          rows.line = line
          rows.row = row++
          inStep = rows.commit()
        }
        p += bytes[p] === ${CR} && bytes[p + 1] === ${LF} ? 2 : 1
        line++
        continue
      }
      p = begin
      reason = ${NOT_PLAIN}
      break
    }
    rows.row = row
    rows.line = line
    cells.next = p
    return reason
  }`
