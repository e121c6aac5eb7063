import { styleText } from 'node:util'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'
/** Text in a style, or as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string

export interface ColorWish {
  readonly isTTY: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** `--no-color` was given. */
  readonly refused: boolean
}

/**
 * Whether a stream gets colours.
 *
 * Definition  --no-color, then NO_COLOR (any text but the empty one: no), then FORCE_COLOR (any text but '' and '0': yes),
 *             then TERM=dumb (no), else whether it is a terminal.
 * Source      no-color.org; force-color.org.
 */
export function wantsColor({ isTTY, env, refused }: ColorWish): boolean {
  if (refused || (env.NO_COLOR ?? '') !== '') return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0'
  return env.TERM !== 'dumb' && isTTY
}

export const toPaint = (colored: boolean): Paint =>
  colored ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text
