/**
 * Options that have an effect only beside another. One typed without its partner is refused, because the user expects
 * something of it. One set by the environment or a file is meant for several commands, and those without a use for it
 * ignore it.
 */
import type { Command } from 'commander';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';

interface Partner {
  readonly isThere: boolean;
  /** What to add, with an example. */
  readonly remedy: Text;
}

/** Throws `UsageError` if this option was typed and its partner is missing. */
export function refuseAlone(command: Command, flag: `--${string}`, { isThere, remedy }: Partner): void {
  const found = command.options.find(({ long }) => long === flag);
  if (isThere || !found || command.getOptionValueSource(found.attributeName()) !== 'cli') return;
  throw new UsageError(
    inEveryLanguage(
      text('{flag} does nothing here: {remedy}', '{flag} 옵션은 여기서 하는 일이 없습니다: {remedy}'),
      {
        flag,
        remedy,
      },
    ),
  );
}

/** For commands that write only what `--report` asks for. */
export const outNeedsReport = (command: Command, report: string | undefined): void =>
  refuseAlone(command, '--out', {
    isThere: Boolean(report),
    remedy: text('add --report, such as --report md', '--report md처럼 --report를 더해야 합니다'),
  });
