import { Argument, Command, Option } from 'commander'
import type { ArgumentDefinition, CommandDefinition, OptionDefinition } from './command.ts'
import { type Given, type RawOptions, toGiven } from './given.ts'

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--json', says: 'one JSON document on standard output, errors too' },
  { flags: '--quiet', says: 'no progress' },
  { flags: '--no-color', says: 'no colours (also NO_COLOR=1, TERM=dumb)' },
]

export type Dispatch = (definition: CommandDefinition, given: Given) => Promise<void>

/** The command line as commander knows it, made from the definitions. */
export function toProgram(definitions: readonly CommandDefinition[], version: string, dispatch: Dispatch): Command {
  const program = new Command('afferent')
    .description('Turns exports of pain and headache diaries into per-patient response metrics.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this page')
    .helpCommand(false)
    .addHelpText('after', '\nA page per command, with examples: afferent <command> --help\n')
    .configureHelp({ subcommandTerm: (command) => command.name() })
  for (const definition of definitions) addCommand(program, definition, dispatch)
  return program
}

function addCommand(program: Command, definition: CommandDefinition, dispatch: Dispatch): void {
  const words = definition.name.split(' ')
  const parent = words.length === 1 ? program : toGroup(program, words[0] as string)
  const command = parent.command(words.at(-1) as string).description(definition.says)
  command.helpOption('--help', 'print this page').addHelpText('after', describeExamples(definition))
  for (const argument of definition.arguments ?? []) command.addArgument(toArgument(argument))
  for (const option of definition.options ?? []) command.addOption(toOption(option))
  for (const option of GLOBAL_OPTIONS) command.addOption(toOption(option).helpGroup('Everywhere:'))
  const isArgument = (name: string) => (definition.arguments ?? []).some((each) => plainName(each.name) === name)
  command.action(() => dispatch(definition, toGiven(collectValues(command, definition), isArgument)))
}

/** First words that hold several commands, and what they are about. */
const GROUPS: Readonly<Record<string, string>> = {
  config: 'settings of this installation',
  vault: 'look after the store of an installation',
}

function toGroup(program: Command, name: string): Command {
  const existing = program.commands.find((command) => command.name() === name)
  if (existing !== undefined) return existing
  return program
    .command(name)
    .description(GROUPS[name] ?? '')
    .helpOption('--help', 'print this page')
    .helpCommand(false)
}

function toArgument({ name, says, choices }: ArgumentDefinition): Argument {
  const argument = new Argument(name, says)
  return choices === undefined ? argument : argument.choices(choices)
}

function toOption({ flags, says, default: preset, choices, needed }: OptionDefinition): Option {
  const option = new Option(flags, says)
  if (choices !== undefined) option.choices(choices)
  if (preset !== undefined) option.default(preset)
  return option.makeOptionMandatory(needed === true)
}

/** `<file...>` is `file`. */
const plainName = (argument: string): string => argument.replace(/[<>[\].]/g, '')

/** Options by their long name, arguments by their name without brackets. */
function collectValues(command: Command, definition: CommandDefinition): RawOptions {
  const values: Record<string, string | boolean | readonly string[] | undefined> = {}
  for (const option of command.options) values[option.name()] = command.getOptionValue(option.attributeName())
  for (const [index, argument] of (definition.arguments ?? []).entries()) {
    values[plainName(argument.name)] = command.processedArgs[index]
  }
  return values
}

function describeExamples(definition: CommandDefinition): string {
  const lines = definition.examples.map(([call, does]) => `  # ${does}\n  afferent ${call}\n`)
  return `\nExamples:\n${lines.join('\n')}`
}
