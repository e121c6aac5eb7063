import type { SettingPath } from './issue.ts'

/** Collects what is wrong with a study while it is resolved; `parseStudy` puts line and column to it. */
export class Complaints {
  readonly list: { severity: 'error' | 'warning'; path: SettingPath; part: 'name' | 'value'; message: string }[] = []

  error(path: SettingPath, message: string, part: 'name' | 'value' = 'value'): void {
    this.list.push({ severity: 'error', path, part, message })
  }

  warn(path: SettingPath, message: string, part: 'name' | 'value' = 'value'): void {
    this.list.push({ severity: 'warning', path, part, message })
  }

  get hasErrors(): boolean {
    return this.list.some((complaint) => complaint.severity === 'error')
  }
}
