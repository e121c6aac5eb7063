/** A Markdown table with columns of even width, as the formatter leaves it. */
export function markdownTable(header: readonly string[], body: readonly (readonly string[])[]): string[] {
  const cells = [header, ...body].map((row) => row.map((text) => text.replaceAll('|', '\\|')))
  const widths = header.map((_, i) => Math.max(3, ...cells.map((row) => (row[i] as string).length)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, i) => text.padEnd(widths[i] as number)).join(' | ')} |`
  return [line(cells[0] as string[]), line(widths.map((width) => '-'.repeat(width))), ...cells.slice(1).map(line)]
}
