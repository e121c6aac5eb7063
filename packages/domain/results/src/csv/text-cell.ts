const NEEDS_QUOTES = /[",\r\n]/
/** Beginnings that a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r]/
const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/

/**
 * A text as a CSV cell (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe in front; a text
 * that is a plain number (-5) is none. An empty text is written "" and so stays apart from a missing cell.
 */
export function toTextCell(text: string): string {
  if (text === '') return '""'
  const guarded = FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
