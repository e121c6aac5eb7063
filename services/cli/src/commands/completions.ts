import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
import { toCompletions } from '../completion-scripts.ts'
import { EXIT } from '../exit-codes.ts'

/** Prints a script that completes commands, options and choices in a shell. */
export const completionsCommand: CommandDefinition = {
  name: 'completions',
  says: 'print a completion script for bash, zsh or fish',
  arguments: [{ name: '<shell>', says: 'the shell', choices: ['bash', 'zsh', 'fish'] }],
  examples: [
    ['completions bash > ~/.local/share/bash-completion/completions/afferent', 'for bash'],
    ['completions zsh > ~/.zfunc/_afferent', 'for zsh, where ~/.zfunc is in fpath'],
    ['completions fish > ~/.config/fish/completions/afferent.fish', 'for fish'],
  ],
  async run(context, given) {
    const { COMMANDS } = await import('../commands.ts')
    const shell = given.needed('shell')
    if (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish') {
      throw new CommandError(EXIT.usage, 'option-invalid', `no completions for ${shell}; known are bash, zsh and fish`)
    }
    const script = toCompletions(shell, COMMANDS)
    context.result({ shell, script }, () => script)
    return EXIT.ok
  },
}
