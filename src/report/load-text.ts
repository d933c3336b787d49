/** The load in words: who says how much, how fast, for how long. A sweep's load is told with its ranges. */
import type { Load, Report } from '../document/report.ts';
import { scenarioByName } from '../trial/scenarios/index.ts';
import { bytes, count, decimal, time } from './units.ts';
import type { Words } from './words.ts';

/** Whether messages leave at the rate of the load. A scenario nobody knows is taken at its word. */
export const isPaced = (scenario: string): boolean => scenarioByName(scenario)?.paced ?? true;

function ranged(values: readonly number[], text: (value: number) => string, words: Words): string {
  const [from, to] = [Math.min(...values), Math.max(...values)];
  return from === to ? text(from) : words.say('load.range', { from: text(from), to: text(to) });
}

export function loadText(scenario: string, loads: readonly Load[], words: Words): string {
  const [load] = loads;
  if (load === undefined) return '';
  const range = (of: (load: Load) => number, text: (value: number) => string) =>
    ranged(loads.map(of), text, words);
  const counted = (of: 'clients' | 'messages') => {
    const figure = range((one) => one[of], count);
    return words.say(figure === '1' ? `load.one.${of}` : `load.many.${of}`, { count: figure });
  };
  const clients = counted('clients');
  const lasting = load.durationMs === null ? null : time(load.durationMs * 1e6);
  if (load.messages === 0) return words.say('load.silent', { clients, time: lasting ?? time(0) });
  const said = {
    clients,
    messages: counted('messages'),
    size: range((one) => one.size, bytes),
    payload: words.say(load.payload === 'text' ? 'caption.text' : 'caption.binary'),
    rate: range((one) => one.rate, decimal),
    time: lasting ?? '',
  };
  // As fast as it goes: the number of messages is only a limit that nobody should reach.
  if (load.closed && lasting !== null) return words.say('load.asFast', said);
  if (!isPaced(scenario)) return words.say('load.unpaced', said);
  return words.say(load.closed ? 'load.closed' : lasting === null ? 'load.paced' : 'load.limited', said);
}

/** Whether one caption can tell the load of every trial. */
export const sharesLoad = ({ plan, trials }: Pick<Report, 'plan' | 'trials'>): boolean =>
  trials.every(({ load }) => JSON.stringify(load) === JSON.stringify(plan.load));
