/**
 * `rtcompare completion bash|zsh`: a script that completes commands, their options, and values where only a few are
 * possible. Made from the commands themselves, so that it cannot forget one.
 */
import { Argument, Command, type Option } from 'commander';
import type { Context } from './context.ts';

const examples = `
Examples:
  eval "$(rtcompare completion bash)"      in ~/.bashrc
  eval "$(rtcompare completion zsh)"       in ~/.zshrc, after compinit
`;

export const completionCommand = ({ done }: Context): Command => {
  const command = new Command('completion')
    .description('print a script that completes commands and options')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh']))
    .addHelpText('before', examples);
  return command.action((shell: string) => {
    const commands = command.parent?.commands ?? [];
    // zsh speaks bash's language of completion when asked to.
    const before = shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : '';
    process.stdout.write(before + script(commands));
    done(0);
  });
};

/** Commands, their options, and the values of options that have a list; names of transports are not completed. */
function script(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const values = command.options.flatMap(valuesOf);
    const words = [...command.options.flatMap(({ long }) => long ?? []), '--help'];
    return `    ${command.name()}) case "$previous" in\n${values.join('')}        *) words="${words.join(' ')}" ;; esac ;;\n`;
  });
  const names = commands.map((command) => command.name()).join(' ');
  return `_rtcompare() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "\${COMP_CWORD}:\${COMP_WORDS[1]}" in
    1:*) words="${names} --help --version" ;;
    *) case "\${COMP_WORDS[1]}" in
${cases.join('')}    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _rtcompare rtcompare
`;
}

/** A line for an option that takes one of a few values; files and numbers are left to the shell. */
function valuesOf({ long, argChoices, required }: Option): string[] {
  if (!long || !required) return [];
  return [`        ${long}) words="${argChoices?.join(' ') ?? ''}" ;;\n`];
}
