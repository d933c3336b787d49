/** Commands for a person to type, within a text that will be wrapped. */
import { asTyped, type Reader } from '../../base/text.ts';

const noBreak = '\u00a0';

/** Keeps text in backticks on one line: a command broken in two cannot be pasted. */
export const unbroken = (sentence: string): string =>
  sentence.replace(/`[^`]*`/g, (command) => command.replaceAll(' ', noBreak));

/** A command within a value: in backticks, as this person has to type it. */
export const typed = (reader: Reader, command: string): string => asTyped(reader, `\`${command}\``);
