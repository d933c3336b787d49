/**
 * Descriptions of commands, options and arguments in every language, and the context that a command gets. Commander
 * keeps one plain string of each, and its objects are made before the language is known; so the texts are kept beside
 * those objects, and help.ts reads them.
 */
import { Argument, Command, type Option } from 'commander';
import type { Text } from '../../base/text.ts';

/** What a command gets from `cli.ts`: a signal to stop, and a function that takes its exit code. */
export interface Context {
  /** Aborted by the first Ctrl-C, TERM or HUP. */
  readonly signal: AbortSignal;
  readonly done: (exitCode: number) => void;
}

/** A line that works as it stands, and a remark if the line does not explain itself. */
export type Example = readonly [line: string, remark?: Text];

export interface AboutCommand {
  readonly purpose: Text;
  readonly examples: readonly Example[];
  /** The options that people use most, if there are too many to show at once; the others are in `--help all`. */
  readonly usual?: readonly `--${string}`[];
  /** What does not fit elsewhere. */
  readonly more?: Text;
}

const commands = new WeakMap<object, AboutCommand>();
const descriptions = new WeakMap<object, Text>();
const topics = new WeakMap<object, Text>();

export function command(
  name: string,
  about: AboutCommand,
  options: readonly Option[],
  ...given: readonly Argument[]
): Command {
  const made = new Command(name).description(about.purpose.en);
  commands.set(made, about);
  for (const one of given) made.addArgument(one);
  for (const one of options) made.addOption(one);
  return made;
}

export function argument(usage: string, description: Text): Argument {
  return described(new Argument(usage, description.en), description);
}

export function described<Thing extends object>(thing: Thing, description: Text): Thing {
  descriptions.set(thing, description);
  return thing;
}

/** Options that `--help all` shows under one heading. */
export function inTopic<Thing extends object>(topic: Text, things: readonly Thing[]): Thing[] {
  for (const thing of things) topics.set(thing, topic);
  return [...things];
}

export function aboutOf(made: Command): AboutCommand {
  const about = commands.get(made);
  if (!about) throw new Error(`the command ${made.name()} says nothing of itself`);
  return about;
}

export const descriptionOf = (thing: { readonly description: string }): Text =>
  descriptions.get(thing) ?? { en: thing.description, ko: thing.description };

export const topicOf = (thing: object): Text | undefined => topics.get(thing);
