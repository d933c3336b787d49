/**
 * A knob as an option of the command line: its help, its parser, its default, and what the typed value is in a plan.
 */
import { Option } from 'commander';
import type { Typed, TypedKnob } from '../../trial/knob.ts';
import { option, parseDuration, parseHeartbeat, parsePositive, parseWhole } from './values.ts';

type Flag = Pick<TypedKnob, 'flag'>;

/** `--poll-interval <time>` → `poll-interval`. */
export const nameOf = ({ flag }: Flag): string => new Option(flag).name();

/** Its name among the values of a command: `pollInterval`. */
export const attributeOf = ({ flag }: Flag): string => new Option(flag).attributeName();

/** As a user would type it: `none`, `2s`, `250ms`. */
const durationText = (ms: number): string =>
  ms === 0 ? 'none' : ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;

export function optionOf({ flag, words, typed, usual }: TypedKnob): Option {
  const made = option(flag, words);
  switch (typed.kind) {
    case 'whole':
    case 'positive':
      return made.argParser(parserOf(typed)).default(usual);
    case 'duration': {
      made.argParser(parserOf(typed));
      if (typeof usual !== 'number') return made;
      const ms = usual / typed.perMs;
      return typed.none ? made.default(durationText(ms)) : made.default(ms, durationText(ms));
    }
    case 'choice':
      return made.choices([...typed.choices]).default(usual);
    case 'on or off':
      return made.choices(['on', 'off']).default(usual ? 'on' : 'off');
    case 'switch':
      return made;
    case 'address':
      return made.default(usual);
  }
}

/** Makes the value of the option from the typed text. */
function parserOf(typed: Typed): (value: string) => string | number {
  if (typed.kind === 'whole') return parseWhole(typed.least, typed.most);
  if (typed.kind === 'positive') return parsePositive(typed.most);
  if (typed.kind === 'duration') return typed.none ? parseHeartbeat : parseDuration;
  return String;
}

/** Makes the value in a plan from the value of the option. */
function planned({ typed }: TypedKnob, value: unknown): unknown {
  switch (typed.kind) {
    case 'duration': {
      if (value === undefined || value === 'none') return null;
      return typeof value === 'string' ? parseDuration(value) : Number(value) * typed.perMs;
    }
    case 'on or off':
      return value === 'on';
    case 'switch':
      return value === true;
    default:
      return value;
  }
}

/** The values of all these knobs, as a plan has them. */
export const plannedBy = <Knobs extends Readonly<Record<string, TypedKnob>>>(
  knobs: Knobs,
  options: Readonly<Record<string, unknown>>,
) =>
  Object.fromEntries(
    Object.entries(knobs).map(([key, knob]) => [key, planned(knob, options[attributeOf(knob)])]),
  ) as { [Key in keyof Knobs]: Knobs[Key]['usual'] };

/** The value in a plan for a typed text. Throws the same error as the option's parser. */
export const plannedFor = (knob: TypedKnob, value: string): unknown =>
  planned(knob, parserOf(knob.typed)(value));
