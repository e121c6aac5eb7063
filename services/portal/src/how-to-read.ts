/** The lines that read a downloaded table in the three tools people use most. */
export interface Recipe {
  readonly tool: string
  readonly lines: readonly string[]
}

/** Of one file: R and Python for Arrow, those and DuckDB for CSV (DuckDB has no reader for Arrow files). */
export function howToRead(file: string, address: string): readonly Recipe[] {
  const name = file.slice(0, file.lastIndexOf('.'))
  if (file.endsWith('.arrow')) {
    return [
      { tool: 'R', lines: [...fetchInR(file, address), `${name} <- arrow::read_ipc_file("${file}")`] },
      {
        tool: 'Python',
        lines: [
          ...fetchInPython(file, address),
          'import pyarrow.feather',
          `${name} = pyarrow.feather.read_feather("${file}")`,
        ],
      },
    ]
  }
  if (!file.endsWith('.csv')) return []
  return [
    { tool: 'R', lines: [...fetchInR(file, address), `${name} <- read.csv("${file}", na.strings = "")`] },
    { tool: 'Python', lines: ['import pandas', `${name} = pandas.read_csv("${address}")`] },
    { tool: 'DuckDB', lines: [`curl -o ${file} ${address}`, `duckdb -c "SELECT * FROM read_csv('${file}') LIMIT 10"`] },
  ]
}

const fetchInR = (file: string, address: string): string[] => [`download.file("${address}", "${file}", mode = "wb")`]

const fetchInPython = (file: string, address: string): string[] => [
  'import urllib.request',
  `urllib.request.urlretrieve("${address}", "${file}")`,
]
