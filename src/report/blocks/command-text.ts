/** Commands that a person is to type, in a text that will be wrapped. */
import { asTyped, type Reader } from '../../base/text.ts';

const noBreak = '\u00a0';

/** Keeps what stands in backticks on one line: a command that is broken in two cannot be pasted. */
export const unbroken = (sentence: string): string =>
  sentence.replace(/`[^`]*`/g, (command) => command.replaceAll(' ', noBreak));

/** A command that stands in a value: as this person types it, in backticks. */
export const typed = (reader: Reader, command: string): string => asTyped(reader, `\`${command}\``);
