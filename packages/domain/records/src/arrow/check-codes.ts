import { isPresent, type TextColumn } from '../column.ts'

/** Throws RangeError where a code points outside its dictionary: it would read back as nothing. */
export function checkCodes(name: string, column: TextColumn, rows: number): void {
  const { values, valid, dictionary } = column
  for (let row = 0; row < rows; row++) {
    const code = values[row] as number
    if ((code >= dictionary.length || code < 0) && isPresent(valid, row)) {
      throw new RangeError(`column ${name} row ${row}: code ${code} in a dictionary of ${dictionary.length}`)
    }
  }
}
