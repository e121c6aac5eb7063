import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { JUDGING, LEFT_SAYS, listDrop, TAKING } from './list-drop.ts'
import { listStudies, type NoStudy } from './list-studies.ts'

/** What lies in one study's drop folder at this moment, by name below it. */
export interface DropSight {
  readonly study: string
  /** Not taken yet: they grow, or there is no valid study file. */
  readonly waiting: readonly string[]
  /** Files on their way to the journal, and files the journal has that wait for their verdict. */
  readonly taking: number
  readonly judging: number
  /** What will never be taken as it is, and why. `says` goes after the name. */
  readonly left: readonly NoStudy[]
}

/** For `afferent status`, from any process: where a file is that was dropped and got no answer. */
export async function lookIntoDrop(dropRoot: string): Promise<{ studies: DropSight[]; others: readonly NoStudy[] }> {
  const { studies, others } = await listStudies(dropRoot)
  const sights: DropSight[] = []
  for (const study of studies) {
    const folder = join(dropRoot, study)
    const found = await listDrop(folder)
    const left = found.filter((each) => each.kind === 'left').map(({ name, why }) => ({ name, says: LEFT_SAYS[why] }))
    const waiting = found.filter((each) => each.kind !== 'left').map((each) => each.name)
    const taking = await countIn(join(folder, TAKING))
    sights.push({ study, waiting, taking, judging: await countIn(join(folder, JUDGING)), left })
  }
  return { studies: sights, others }
}

const countIn = async (folder: string): Promise<number> => (await readdir(folder).catch(() => [])).length
