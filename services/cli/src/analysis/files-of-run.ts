import type { ContentId } from '@afferent/ledger'
import type { AnalyzedFile } from '@afferent/pipeline'
import type { Study } from '@afferent/study'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { type Installation, openInstallation } from '../installation/open-installation.ts'

/** Study file and exports of a published run, as its installation keeps them. */
export interface FilesOfRun {
  readonly study: Study
  readonly files: readonly AnalyzedFile[]
}

/** `run` is an id, or the beginning of one: `sha256-3f2a...` or `3f2a`. */
export async function filesOfRun(context: Context, data: string | undefined, run: string): Promise<FilesOfRun> {
  const installation = await openInstallation(context, data)
  const { name, id } = await findRun(installation, run)
  const { readRunInputs, computationVersion } = await import('@afferent/pipeline')
  const { vault } = installation
  const { study, uploads, computationVersion: computedBy } = await readRunInputs(vault, name, id)
  const now = computationVersion(study.analytic, installation.zoneData)
  if (computedBy !== now) {
    context.say(`this run was computed by version ${computedBy}, it is explained by ${now}: numbers may differ`)
  }
  const files: AnalyzedFile[] = []
  for (const { name: file, object, size } of uploads) {
    files.push({ name: file, ref: { kind: 'file', path: await objectPath(installation, file, object) }, size })
  }
  return { study, files }
}

async function objectPath({ vault }: Installation, file: string, object: ContentId): Promise<string> {
  if (await vault.has(`objects/${object}`)) return vault.objectPath(object)
  throw new CommandError(
    EXIT.nothing,
    'upload-erased',
    `the bytes of ${file} were erased, so the run cannot be explained`,
  )
}

async function findRun({ vault }: Installation, run: string): Promise<{ name: string; id: ContentId }> {
  const start = run.startsWith('sha256-') ? run : `sha256-${run}`
  const found: { name: string; id: ContentId }[] = []
  for (const name of await vault.studies()) {
    for (const id of await vault.list(`runs/${name}`)) if (id.startsWith(start)) found.push({ name, id })
  }
  const [first, second] = found
  if (first === undefined) {
    throw new CommandError(EXIT.usage, 'run-unknown', `there is no run ${run}`, { remedy: 'see: afferent status' })
  }
  if (second !== undefined) {
    throw new CommandError(EXIT.usage, 'run-ambiguous', `${found.length} runs begin with ${run}`, {
      remedy: 'write more of the id',
    })
  }
  return first
}
