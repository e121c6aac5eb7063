import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { simulate } from '@afferent/simulation'

/**
 * A migraine trial with more than a diary: a rating of pain in every form, 200,000 episodes, questionnaires, laboratory
 * and adverse events. `plain` is the study that asks for headache alone, of the same diary and episodes.
 */
export interface FamiliesData {
  readonly folder: string
  readonly plain: { readonly study: string; readonly files: readonly string[]; readonly rows: number }
  readonly whole: { readonly study: string; readonly files: readonly string[]; readonly rows: number }
}

const DATA = fileURLToPath(new URL('../data', import.meta.url))
const ROWS_PER_SUBJECT = 112 * 0.89
const DIARY = 'simulated-migraine-diary.csv'
const SUBJECTS = 'simulated-subjects.csv'
const EPISODES = 'episodes.csv'

const EPISODES_SOURCE = `
  - name: episodes
    files: 'episodes.csv'
    layout: episodes
    columns: { subject: subject, start: start, end: end, severity: severity, submitted: submitted }
`
const FAMILIES = `
pain: { flareDelta: 2 }
individual:
  parameters: [HIT6, PNAVGW]
  series: [PNAVG, MMD]
  reliableChange: { HIT6: { sd: 7.5, r: 0.84, source: a reference population } }
`

export async function familiesOf(diaryRows: number, episodes: number): Promise<FamiliesData> {
  const folder = join(DATA, `families-${diaryRows}-${episodes}`)
  if (!existsSync(folder)) await make(folder, Math.round(diaryRows / ROWS_PER_SUBJECT), episodes)
  const { plain, whole } = JSON.parse(await readFile(join(folder, 'files.json'), 'utf8'))
  const located = (study: string, counted: Record<string, number>) => ({
    study: join(folder, study),
    files: Object.keys(counted).map((name) => join(folder, name)),
    rows: Object.values(counted).reduce((sum, rows) => sum + rows, 0),
  })
  return { folder, plain: located('plain.yaml', plain), whole: located('whole.yaml', whole) }
}

async function make(folder: string, subjects: number, episodes: number): Promise<void> {
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  const options = { scenario: 'migraine-prevention', seed: 20260102, subjects } as const
  const clean = { late: 0, duplicates: 0, conflicts: 0, dropout: 0 }
  const { files, studyYaml } = simulate({ ...options, ...clean, parts: ['questionnaires', 'laboratory', 'safety'] })
  const rows: Record<string, number> = {}
  for (const { name, parts } of files) {
    if (!name.endsWith('.csv')) continue
    if (name === DIARY) Object.assign(rows, await writeDiary(unfinished, parts(), episodes))
    else rows[name] = await writeLines(join(unfinished, name), parts())
  }
  const whole = `${studyYaml.replace('      headache: headache\n', '      headache: headache\n      painAvg: pain\n').trimEnd()}${EPISODES_SOURCE}${FAMILIES}`
  const alone = simulate({ ...options, ...clean, parts: [] }).studyYaml.trimEnd()
  await writeFile(join(unfinished, 'whole.yaml'), whole)
  await writeFile(join(unfinished, 'plain.yaml'), `${alone}${EPISODES_SOURCE}`)
  const plain = { [DIARY]: rows[DIARY], [SUBJECTS]: rows[SUBJECTS], [EPISODES]: rows[EPISODES] }
  await writeFile(join(unfinished, 'files.json'), JSON.stringify({ plain, whole: rows }))
  await rename(unfinished, folder)
}

async function writeLines(path: string, parts: Iterable<Uint8Array>): Promise<number> {
  const handle = await open(path, 'w')
  let rows = -1
  for (const part of parts) {
    for (const byte of part) if (byte === 10) rows++
    await handle.writeFile(part)
  }
  await handle.close()
  return rows
}

/** The diary with a rating of pain; the first headaches that end on their day are told once more, as episodes. */
async function writeDiary(folder: string, parts: Iterable<Uint8Array>, most: number): Promise<Record<string, number>> {
  const [diary, episodes] = [await open(join(folder, DIARY), 'w'), await open(join(folder, EPISODES), 'w')]
  const counted = { [DIARY]: -1, [EPISODES]: 0 }
  await episodes.writeFile('subject,start,end,severity,submitted\n')
  let rest = ''
  let header: string[] | null = null
  for (const part of parts) {
    const lines = (rest + Buffer.from(part).toString()).split('\n')
    rest = lines.pop() as string
    const [forms, told]: [string[], string[]] = [[], []]
    for (const line of lines) {
      const cells = line.split(',')
      if (header === null) {
        header = cells
        forms.push(`${line},pain`)
        continue
      }
      const at = (name: string): string => cells[(header as string[]).indexOf(name)] as string
      const hours = Number(at('hours'))
      const headache = at('headache') === 'Y'
      forms.push(`${line},${headache ? Math.min(10, 2 + Number(at('severity')) * 2) : (forms.length * 7) % 4}`)
      if (headache && hours >= 1 && hours <= 15 && (counted[EPISODES] as number) + told.length < most)
        told.push(
          `${at('subject')},${at('date')}T08:00,${at('date')}T${String(8 + Math.floor(hours)).padStart(2, '0')}:00,${at('severity')},${at('submitted')}`,
        )
    }
    counted[DIARY] = (counted[DIARY] as number) + forms.length
    counted[EPISODES] = (counted[EPISODES] as number) + told.length
    if (forms.length > 0) await diary.writeFile(`${forms.join('\n')}\n`)
    if (told.length > 0) await episodes.writeFile(`${told.join('\n')}\n`)
  }
  await diary.close()
  await episodes.close()
  return counted
}
