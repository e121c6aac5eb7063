import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { markdownTable, type Results } from './measure/table.ts'

/**
 * Puts the last full run (results/latest.json) into README.md, between the marks of its section 'Speed'. `--print`: only says
 * the table.
 */
const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const { machine, date, load, size, results }: Results = JSON.parse(
  await readFile(pathOf('./results/latest.json'), 'utf8'),
)
const runs = results.reduce((most, row) => Math.max(most, row.runs), 0)
const busy = load < 1 ? '' : `, other work on the machine (load ${load.toFixed(0)})`
const said = `${date.slice(0, 10)}, ${machine}, ${size === 'quick' ? 'quick run' : `medians of up to ${runs} runs`}${busy}:`
const table = `${said}\n\n${markdownTable(results)}`
if (process.argv.includes('--print')) {
  process.stdout.write(`${table}\n`)
} else {
  const readme = pathOf('../../README.md')
  const [before, rest] = (await readFile(readme, 'utf8')).split('<!-- bench -->\n')
  const after = rest?.split('<!-- /bench -->')[1]
  if (before === undefined || after === undefined)
    throw new Error('README.md has no marks <!-- bench --> and <!-- /bench -->')
  await writeFile(readme, `${before}<!-- bench -->\n${table}\n<!-- /bench -->${after}`)
}
