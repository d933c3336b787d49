/**
 * `rtcompare completion bash|zsh|fish`: a script that completes commands, their options, and every name that these
 * take. Without an argument: how to install that script.
 */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { type Reader, say, text } from '../base/text.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { type Shell, shells } from './help/shells.ts';
import { readerOf } from './options/language.ts';
import { langOption } from './options/values.ts';

const about = {
  purpose: purposes.completion,
  examples: [
    ['rtcompare completion', text('how it is installed', '설치하는 방법')],
    ['rtcompare completion bash', text('the script itself', '스크립트 자체')],
  ],
} satisfies AboutCommand;

/** The line that installs it, and where it belongs. */
const installed = {
  bash: {
    line: 'eval "$(rtcompare completion bash)"',
    where: text('For bash, put this line into ~/.bashrc:', 'bash에서는 ~/.bashrc에 이 줄을 넣으면 됩니다:'),
  },
  zsh: {
    line: 'eval "$(rtcompare completion zsh)"',
    where: text(
      'For zsh, put this line into ~/.zshrc, after compinit:',
      'zsh에서는 ~/.zshrc의 compinit 뒤에 이 줄을 넣으면 됩니다:',
    ),
  },
  fish: {
    line: 'rtcompare completion fish > ~/.config/fish/completions/rtcompare.fish',
    where: text('For fish, run this line once:', 'fish에서는 이 줄을 한 번 실행하면 됩니다:'),
  },
} as const;

const npx = text(
  'A shell completes the word `rtcompare`. Where only `npx rtcompare` works, give it that name first: alias rtcompare="npx rtcompare"',
  '셸은 `rtcompare`라는 낱말을 완성합니다. `npx rtcompare`만 되는 곳에서는 먼저 그 이름을 주면 됩니다: alias rtcompare="npx rtcompare"',
);

export const completionCommand = ({ done }: Context): Command => {
  const made = command(
    'completion',
    about,
    [langOption()],
    argument(
      '[shell]',
      text('which shell; how to install it when left out', '셸. 생략하면 설치 방법'),
    ).choices(shells),
  );
  return made.action(async (shell: Shell | undefined, { lang }: { lang?: string }) => {
    const reader = readerOf(lang);
    process.stdout.write(
      shell === undefined ? howTo(reader) : await script(shell, made.parent?.commands ?? [], reader),
    );
    done(0);
  });
};

async function script(shell: Shell, commands: readonly Command[], { language }: Reader): Promise<string> {
  const { offersOf } = await import('./help/offers.ts');
  const { scriptFor } = await import('./help/shells.ts');
  return scriptFor(shell, await offersOf(commands, language));
}

/** For the shell of `$SHELL`; for every shell if that is none we know. */
function howTo(reader: Reader): string {
  const found = shells.find((shell) => basename(process.env.SHELL ?? '') === shell);
  const start = reader.command?.start ?? 'rtcompare';
  const blocks = (found ? [found] : shells).map((shell) => {
    const { where, line } = installed[shell];
    return `${say(reader, where)}\n  ${line.replace('rtcompare', () => start)}\n`;
  });
  if (start !== 'rtcompare') blocks.push(`${npx[reader.language]}\n`);
  return blocks.join('\n');
}
