import { CommandError } from './command-error.ts'
import { EXIT } from './exit-codes.ts'

export type RawOptions = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

/** What a person typed after the command's name, by the long name of the option (`dry-run`) or argument (`file`). */
export interface Given {
  text(name: string): string | undefined
  /** A text the command cannot do without; commander has checked that it is there. */
  needed(name: string): string
  flag(name: string): boolean
  list(name: string): readonly string[]
  /** A number within both limits; a usage error otherwise. */
  number(name: string, limits: NumberLimits): number | undefined
}

export interface NumberLimits {
  readonly min: number
  readonly max: number
  readonly whole?: boolean
}

export function toGiven(values: RawOptions, isArgument: (name: string) => boolean = () => false): Given {
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    text,
    needed(name) {
      const value = text(name)
      if (value === undefined) throw new CommandError(EXIT.usage, 'option-missing', `${name} is needed`)
      return value
    },
    flag: (name) => values[name] === true,
    list(name) {
      const value = values[name]
      return Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
    },
    number(name, limits) {
      const value = text(name)
      return value === undefined ? undefined : toNumber(isArgument(name) ? name : `--${name}`, value, limits)
    },
  }
}

function toNumber(name: string, text: string, { min, max, whole = false }: NumberLimits): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value
  const kind = whole ? 'a whole number' : 'a number'
  throw new CommandError(EXIT.usage, 'option-invalid', `${name} is "${text}"; it must be ${kind} from ${min} to ${max}`)
}
