/** Lines that read a result table elsewhere, for the reader's own console. */
export interface HowToRead {
  readonly tool: 'R' | 'Python' | 'DuckDB'
  readonly lines: readonly string[]
}

/** Arrow for R and Python; DuckDB cannot read Arrow files and gets the CSV. Paths that are not written are left out. */
export function howToRead(paths: { readonly arrow: string | null; readonly csv: string | null }): HowToRead[] {
  const ways: HowToRead[] = []
  if (paths.arrow !== null) {
    const file = quoted(paths.arrow)
    ways.push({ tool: 'R', lines: ['library(arrow)', `adeff <- read_feather(${file})`] })
    ways.push({
      tool: 'Python',
      lines: ['import pyarrow.feather as feather', `adeff = feather.read_table(${file}).to_pandas()`],
    })
  }
  if (paths.csv !== null) {
    ways.push({
      tool: 'DuckDB',
      lines: [`SELECT * FROM read_csv('${paths.csv.replaceAll("'", "''")}', header = true);`],
    })
  }
  return ways
}

/** A string as R and Python both write it. */
const quoted = (path: string): string => `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
