/** Which trials the pages of a browser can take part in, and why not in others. */
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Engine } from '../browsers/engine.ts';
import { engines } from '../browsers/engines/index.ts';
import { type SpokenLane, spokenLanes } from '../browsers/page-talk.ts';
import { runtimes } from '../document/speakers.ts';
import type { TrialPlan } from './plan.ts';

export type SpokenPlan = Pick<
  TrialPlan,
  'transport' | 'scenario' | 'load' | 'over' | 'browser' | 'compression'
>;

/** Variants that add to a transport what a page does anyway. */
const sameLane: Readonly<Record<string, SpokenLane>> = { 'sse:resume': 'sse', 'ws:reconnect': 'ws' };

/** The lane by which a page speaks a transport; null if there is none. */
export const laneOf = ({ transport: { name } }: Pick<SpokenPlan, 'transport'>): SpokenLane | null =>
  spokenLanes.find((lane) => lane === name) ?? sameLane[name] ?? null;

/** Each client is a page with its own process: more of them keep two cores busier than the messages do. */
export const usualPages = 4;
const mostPages = 20;

const reasons = {
  noSocket: text('a page cannot open a TCP connection', '페이지는 TCP 연결을 열 수 없습니다'),
  onlyPages: text(
    'clients in {title} speak by fetch, EventSource and WebSocket only',
    '{title} 클라이언트는 fetch, EventSource, WebSocket으로만 통신합니다',
  ),
  noLane: text(
    'no page of rtcompare speaks {name}: leave it out, or leave {option} out',
    'rtcompare에는 {name}(으)로 통신하는 페이지가 없습니다. 이것이나 {option} 옵션을 빼야 합니다',
  ),
  noScenario: text(
    'its clients are cut off, come one by one, or speak without a schedule, and pages are not driven so: leave {option} out',
    '클라이언트를 끊거나 하나씩 연결하거나 일정 없이 보내는 시나리오는 페이지로 하지 않습니다. {option} 옵션을 빼야 합니다',
  ),
  binary: text(
    'pages speak text here: use --payload text, or leave {option} out',
    '여기서 페이지는 텍스트로만 통신합니다. --payload text를 쓰거나 {option} 옵션을 빼야 합니다',
  ),
  tooMany: text(
    'each client is a page or a process of its own, {most} at most: use --clients {most} or fewer',
    '클라이언트마다 페이지나 프로세스를 하나씩 열고, 최대 {most}개입니다. --clients를 {most} 이하로 줄여야 합니다',
  ),
  h2c: text(
    '{title} does not speak HTTP/2 in clear text: use --over h2',
    '{title}은(는) 평문 HTTP/2로 통신하지 않습니다. --over h2를 써야 합니다',
  ),
};

/** Whether the scenario makes clients stop reading, which a page cannot be made to do. */
const stopsReading = ({ needs }: TrialPlan['scenario']): boolean => needs.includes('outgoing');

/** Why pages of the browser cannot take part; null if they can, and if the plan has no browser. */
export function pageObstacle(plan: SpokenPlan): Text | null {
  const { transport, scenario, load, over, browser } = plan;
  if (!browser) return null;
  const { name, traits } = transport;
  const { title, cannot }: Engine = engines[browser.name];
  const isRuntime = runtimes.has(browser.name);
  const option = isRuntime ? '--runtime' : '--browser';
  if (traits.wire === 'raw')
    return isRuntime ? inEveryLanguage(reasons.onlyPages, { title }) : reasons.noSocket;
  const lane = laneOf(plan);
  if (lane === null) return inEveryLanguage(reasons.noLane, { name, option });
  const why = cannot?.(lane, over);
  if (why) return why;
  const isDriven = scenario.paced && scenario.connecting === 'together' && !load.closed;
  if (
    !isDriven ||
    scenario.breaksLink ||
    scenario.needsPieces ||
    scenario.needsReturn ||
    stopsReading(scenario)
  )
    return inEveryLanguage(reasons.noScenario, { option });
  if (load.payload === 'binary') return inEveryLanguage(reasons.binary, { option });
  if (load.clients > mostPages) return inEveryLanguage(reasons.tooMany, { most: String(mostPages) });
  if (over === 'h2c') return inEveryLanguage(reasons.h2c, { title });
  return null;
}
