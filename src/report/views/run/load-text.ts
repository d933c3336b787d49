/**
 * The load in words: how many clients send how much, how fast, for how long. A sweep's load is given with its ranges.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Load, Report } from '../../../document/report.ts';
import { scenarioByName } from '../../../trial/scenarios/index.ts';
import { bytes, count, decimal, time } from '../../blocks/quantities.ts';
import { range } from '../../blocks/table-words.ts';

const phrases = {
  paced: text(
    '{clients} × {messages} of {size} ({payload}) at {rate}/s each',
    '{clients} × {messages}, 메시지 크기 {size}({payload}), 클라이언트마다 초당 {rate}개',
  ),
  closed: text(
    '{clients} × {messages} of {size} ({payload}) at up to {rate}/s each, closed loop',
    '{clients} × {messages}, 메시지 크기 {size}({payload}), 클라이언트마다 초당 {rate}개까지, 닫힌 루프',
  ),
  limited: text(
    '{clients} × up to {messages} of {size} ({payload}) at {rate}/s each, for at most {time}',
    '{clients} × {messages}까지, 메시지 크기 {size}({payload}), 클라이언트마다 초당 {rate}개, 길어야 {time}',
  ),
  unpaced: text(
    '{clients} × {messages} of {size} ({payload})',
    '{clients} × {messages}, 메시지 크기 {size}({payload})',
  ),
  asFast: text(
    '{clients}, closed loop, messages of {size} ({payload}) for {time}',
    '{clients}, 닫힌 루프, 메시지 크기 {size}({payload}), {time} 동안',
  ),
  silent: text('{clients}, no messages', '{clients}, 메시지 없음'),
  silentFor: text('{clients}, no messages, {time}', '{clients}, 메시지 없음, {time} 동안'),
  text: text('text', '텍스트'),
  binary: text('binary', '바이너리'),
};

const one = {
  clients: text('{count} client', '클라이언트 {count}개'),
  messages: text('{count} message', '메시지 {count}개'),
};

const many = {
  clients: text('{count} clients', '클라이언트 {count}개'),
  messages: text('{count} messages', '메시지 {count}개'),
};

/** Whether messages leave at the rate of the load. Assumed of a scenario that this version does not know. */
export const isPaced = (scenario: string): boolean => scenarioByName(scenario)?.paced ?? true;

function ranged(values: readonly number[], text: (value: number) => string, reader: Reader): string {
  const [from, to] = [Math.min(...values), Math.max(...values)];
  return from === to ? text(from) : say(reader, range, { from: text(from), to: text(to) });
}

export function loadText(scenario: string, loads: readonly Load[], reader: Reader): string {
  const [load] = loads;
  if (load === undefined) return '';
  const range = (of: (load: Load) => number, text: (value: number) => string) =>
    ranged(loads.map(of), text, reader);
  const counted = (of: 'clients' | 'messages') => {
    const figure = range((one) => one[of], count);
    return say(reader, figure === '1' ? one[of] : many[of], { count: figure });
  };
  const clients = counted('clients');
  const lasting = load.durationMs === null ? null : time(load.durationMs * 1e6);
  if (load.messages === 0)
    return lasting === null
      ? say(reader, phrases.silent, { clients })
      : say(reader, phrases.silentFor, { clients, time: lasting });
  const said = {
    clients,
    messages: counted('messages'),
    size: range((one) => one.size, bytes),
    payload: say(reader, load.payload === 'text' ? phrases.text : phrases.binary),
    rate: range((one) => one.rate, decimal),
    time: lasting ?? '',
  };
  // In a closed loop the number of messages is only a limit, which no client should reach.
  if (load.closed && lasting !== null) return say(reader, phrases.asFast, said);
  if (!isPaced(scenario)) return say(reader, phrases.unpaced, said);
  return say(reader, load.closed ? phrases.closed : lasting === null ? phrases.paced : phrases.limited, said);
}

/** Whether one caption can give the load of every trial. */
export const sharesLoad = ({ plan, trials }: Pick<Report, 'plan' | 'trials'>): boolean =>
  trials.every(({ load }) => JSON.stringify(load) === JSON.stringify(plan.load));
