import type { CommandDefinition } from './command.ts'
import { GLOBAL_OPTIONS } from './program.ts'

/** What can follow the words typed so far: `''` the first word, `vault` the second of a group, `vault check` its options. */
interface Completion {
  readonly after: string
  readonly words: readonly { readonly word: string; readonly says: string }[]
}

/** A completion script for one shell: commands, options and choices of arguments; file names everywhere else. */
export function toCompletions(shell: 'bash' | 'zsh' | 'fish', commands: readonly CommandDefinition[]): string {
  const completions = collectCompletions(commands)
  if (shell === 'fish') return toFish(completions)
  const cases = completions.map(({ after, words }) => {
    return `    '${after}') echo '${words.map(({ word }) => word).join(' ')}' ;;\n`
  })
  return (shell === 'bash' ? BASH : ZSH).replace('CASES\n', () => cases.join(''))
}

function collectCompletions(commands: readonly CommandDefinition[]): Completion[] {
  const levels = new Map<string, Map<string, string>>([['', new Map()]])
  for (const { name, says } of commands) {
    const words = name.split(' ')
    for (const [index, word] of words.entries()) {
      const level = words.slice(0, index).join(' ')
      if (!levels.has(level)) levels.set(level, new Map())
      levels.get(level)?.set(word, index === words.length - 1 ? says : `${word} commands`)
    }
  }
  for (const command of commands) {
    const options = [...(command.options ?? []), ...GLOBAL_OPTIONS]
    const choices = (command.arguments ?? []).flatMap((argument) => argument.choices ?? [])
    const words = new Map(choices.map((choice) => [choice, '']))
    for (const { flags, says } of options) words.set(flags.split(' ')[0] as string, says)
    levels.set(command.name, words)
  }
  return [...levels].map(([after, words]) => ({ after, words: [...words].map(([word, says]) => ({ word, says })) }))
}

/** What a shell offers after the words typed so far; the longest known beginning of them decides. */
const OFFER = `_afferent_offer() {
  case "$1" in
CASES
    *) return 1 ;;
  esac
}
_afferent_words() {
  local typed='' word
  for word in "$@"; do
    case "$word" in -*|*/*|*.*) ;; *) typed="\${typed:+$typed }$word" ;; esac
  done
  until _afferent_offer "$typed"; do
    case "$typed" in *' '*) typed="\${typed% *}" ;; *) typed='' ;; esac
  done
}
`

const BASH = `# Completions of afferent for bash.
${OFFER}_afferent() {
  local offered
  offered=$(_afferent_words "\${COMP_WORDS[@]:1:COMP_CWORD-1}")
  COMPREPLY=($(compgen -W "$offered" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _afferent afferent
`

const ZSH = `#compdef afferent
# Completions of afferent for zsh.
${OFFER}_afferent() {
  local offered
  offered=$(_afferent_words "\${(@)words[2,CURRENT-1]}")
  compadd -- \${=offered}
  _files
}
compdef _afferent afferent
`

function toFish(completions: readonly Completion[]): string {
  const lines = completions.flatMap(({ after, words }) =>
    words.map(({ word, says }) => {
      const seen = after === '' ? '__fish_use_subcommand' : after.split(' ').map(fishSeen).join('; and ')
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`
      return `complete -c afferent -n '${seen}' ${what} -d '${says.replaceAll("'", '’')}'\n`
    }),
  )
  return `# Completions of afferent for fish.\n${lines.join('')}`
}

const fishSeen = (word: string): string => `__fish_seen_subcommand_from ${word}`
