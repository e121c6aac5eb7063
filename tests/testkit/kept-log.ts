export interface Said {
  readonly level: 'info' | 'warn' | 'error'
  readonly fields: Record<string, unknown>
  readonly text: string
}

/** A log that keeps what was said. */
export function keptLog() {
  const said: Said[] = []
  const at = (level: Said['level']) => (fields: Record<string, unknown>, text: string) =>
    void said.push({ level, fields, text })
  return { said, info: at('info'), warn: at('warn'), error: at('error') }
}
