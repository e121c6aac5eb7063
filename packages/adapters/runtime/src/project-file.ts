import { parseEnv } from 'node:util'

/** `afferent.env`: `AFFERENT_NAME=value` lines in the folder a person works in. */
export interface ProjectFile {
  readonly path: string
  readonly text: string
}

/** Values by name, each with `path:line:column` of the name; the last of equal names counts, as in a shell. */
export function parseProjectFile(file: ProjectFile | null): Map<string, { text: string; where: string }> {
  const found = new Map<string, { text: string; where: string }>()
  if (file === null) return found
  const values = parseEnv(file.text)
  for (const [index, line] of file.text.split(/\r\n|\n|\r/).entries()) {
    const match = /^(\s*(?:export\s+)?)([\w.-]+)\s*=/.exec(line)
    if (match === null) continue
    const [, indent, name] = match as unknown as [string, string, string]
    const text = values[name]
    if (text !== undefined) found.set(name, { text, where: `${file.path}:${index + 1}:${indent.length + 1}` })
  }
  return found
}
