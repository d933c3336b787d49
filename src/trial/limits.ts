/**
 * Checks that must hold before anything starts. A file limit that is too low would show as EMFILE in the client and
 * as silent resets at the server; so it is checked beforehand, and the refusal names the remedy.
 */

import { CannotRun } from '../base/failure.ts';
import { openFileLimit } from '../base/platform.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Load } from '../document/report.ts';
import { endingIn, namesOfReal, overAtServer, realIn } from '../network/between.ts';
import { realProxies, realProxyByName } from '../network/proxies/index.ts';
import { identityBytes } from '../protocols/contract.ts';
import { isHttp2, isSealed } from '../protocols/over.ts';
import type { Ability, Target } from '../target/target.ts';
import type { Transport } from '../transports/transport.ts';
import { needsRelay, type TrialPlan } from './plan.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { pageObstacle } from './spoken-by-pages.ts';

const noPush = text('the server of {name} cannot speak first', '{name}의 서버는 먼저 보낼 수 없습니다');
const noPieces = text(
  '{name} answers a message once, and not piece by piece',
  '{name}은(는) 메시지 하나에 한 번만 응답하고, 조각으로 나누어 응답하지 않습니다',
);
const noEmpty = text('{name} cannot carry an empty message', '{name}은(는) 빈 메시지를 전달할 수 없습니다');
const noIdentity = text(
  'messages of {size} B cannot say who they are, which takes {least} B',
  '{size} B인 메시지에는 자기 이름을 담을 자리가 없습니다. {least} B가 필요합니다',
);
const tooSlow = text(
  '{name} cannot keep {rate} messages a second: below {least} B only one of a client can be under way, and its answer takes up to {answer} ms; use --rate {fits}, --closed, or --size {least}',
  '{name}에서는 초당 메시지 {rate}개를 지킬 수 없습니다. {least} B보다 작으면 클라이언트마다 한 번에 하나만 보낼 수 있고, 응답까지 최대 {answer} ms가 걸립니다. --rate {fits}, --closed, --size {least} 가운데 하나를 써야 합니다',
);
const neverAsked = text(
  '{name} asks only every {interval} ms, and a message is given up after {timeout} ms; use a --timeout above --poll-interval',
  '{name}은(는) {interval} ms마다 요청하는데 메시지는 {timeout} ms 뒤에 포기합니다. --timeout을 --poll-interval보다 길게 해야 합니다',
);

const noReturn = text(
  '{name} does not come back after a wait of its own; in its place there is ws:reconnect, sse or socket.io',
  '{name}은(는) 스스로 기다렸다가 다시 연결하지 않습니다. ws:reconnect, sse, socket.io 가운데 하나를 고르면 됩니다',
);
const noNames = text(
  'a sticky balancer reads names that requests say, and over {over} it reads nothing: use --sticky off',
  '세션을 고정하는 로드 밸런서는 요청이 밝힌 이름을 읽는데 {over}에서는 아무것도 읽지 못합니다. --sticky off를 써야 합니다',
);
const noAdapter = text(
  '{name} has no adapter by which its servers could tell each other: use --adapter memory',
  '{name}에는 서버끼리 서로 알리는 어댑터가 없습니다. --adapter memory를 써야 합니다',
);
/** Whether an adapter was asked for, and the transport's servers cannot use one. */
export const lacksAdapter = ({
  transport,
  scenario,
  load,
}: Pick<Conditions, 'transport' | 'scenario' | 'load'>) =>
  !transport.traits.adapters && (scenario.cluster?.(load).adapter ?? 'memory') !== 'memory';
const barredBy = ({ needsPush, needsPieces }: Scenario): Text =>
  needsPush ? noPush : needsPieces ? noPieces : noReturn;

type Conditions = Pick<
  TrialPlan,
  | 'transport'
  | 'scenario'
  | 'load'
  | 'link'
  | 'timeoutMs'
  | 'over'
  | 'compression'
  | 'middleboxes'
  | 'proxies'
  | 'browser'
>;

/** Whether the transport can never take part in the scenario, under any load. */
export const isBarred = ({ traits }: Transport, { needsPush, needsPieces, needsReturn }: Scenario): boolean =>
  (needsPush && !traits.push) || (needsPieces && !traits.pieces) || (needsReturn && !traits.comesBack);

/** Why a transport cannot take part in a scenario under these conditions; null if it can. */
export function obstacle(plan: Conditions): Text | null {
  const { transport, scenario, load, timeoutMs } = plan;
  const { name, traits } = transport;
  const { size, rate } = load;
  const least = String(identityBytes);
  const carriage = pageObstacle(plan) ?? carriageObstacle(plan);
  if (carriage) return carriage;
  if (isBarred(transport, scenario)) return inEveryLanguage(barredBy(scenario), { name });
  if (lacksAdapter(plan)) return inEveryLanguage(noAdapter, { name });
  if (size === 0 && !traits.emptyMessages) return inEveryLanguage(noEmpty, { name });
  if (scenario.needsIdentity && size < identityBytes)
    return inEveryLanguage(noIdentity, { size: String(size), least });
  if (traits.polls && load.messages > 0 && load.pollIntervalMs >= timeoutMs)
    return inEveryLanguage(neverAsked, {
      name,
      interval: figure(load.pollIntervalMs),
      timeout: figure(timeoutMs),
    });
  const answerMs = oneAtATimeMs(plan);
  const keptMs = 1000 * keptShare(load);
  if (answerMs * rate > keptMs)
    return inEveryLanguage(tooSlow, {
      name,
      least,
      rate: figure(rate),
      answer: figure(answerMs),
      fits: figure(keptMs / answerMs),
    });
  return null;
}

const notOver = text(
  '{name} is not measured over {over}: {why}',
  '{name}은(는) {over}에서 재지 않습니다. {why}',
);
const noWriteCost = text(
  '--write-cost does not go with --over {over}: Node writes frames of HTTP/2 past its streams',
  '--write-cost는 --over {over}와 함께 쓸 수 없습니다. Node가 HTTP/2 프레임을 스트림을 거치지 않고 씁니다',
);
const noDeflate = text(
  '{name} is not compressed over {over} here: leave --compression out',
  '여기서는 {over} 위의 {name}을(를) 압축하지 않습니다. --compression을 빼야 합니다',
);
const blindBoxes = text(
  'a middlebox that reads HTTP/1.1 sees none over {over}: only idle-timeout works there',
  '{over}에서는 HTTP/1.1을 읽는 중간 장비가 아무것도 보지 못합니다. idle-timeout만 쓸 수 있습니다',
);

const onlyClear = text(
  '{proxy} does not end {over} here, only HTTP/1.1 in clear text: leave --over out, or put {others} before it',
  '여기서 {proxy}은(는) {over}을(를) 끝내지 못하고 평문 HTTP/1.1만 다룹니다. --over를 빼거나 그 앞에 {others}을(를) 두어야 합니다',
);
const noCertificate = text(
  '--proxy-config: over {over} the file needs {placeholder}, the path of a PEM file with key and certificate',
  '--proxy-config: {over}에서는 파일에 {placeholder}이(가) 필요합니다. 키와 인증서가 든 PEM 파일의 경로입니다',
);
const noHttp = text(
  '{name} does not speak HTTP, and {proxy} hands nothing else on',
  '{name}은(는) HTTP가 아니어서 {proxy}이(가) 전달하지 않습니다',
);

/** Whether a real proxy would stand before a transport that does not speak HTTP. */
export const isNotProxied = ({ transport, proxies }: Pick<Conditions, 'transport' | 'proxies'>): boolean =>
  transport.traits.wire === 'raw' && realIn({ proxies }).length > 0;

/** Why proxies, HTTP/2 or TLS make the trial impossible; null if they do not. */
function carriageObstacle(plan: Conditions): Text | null {
  const { transport, scenario, load, over, compression } = plan;
  const { notOverHttp2, compression: compresses } = transport.traits;
  const { name } = transport;
  const proxy = namesOfReal(plan);
  if (over !== 'http' && scenario.cluster?.(load).sticky) return inEveryLanguage(noNames, { over });
  // Middleboxes that read HTTP; an idle timeout needs to read nothing.
  const { idleTimeoutMs: _, ...readers } = plan.middleboxes;
  if (isNotProxied(plan)) return inEveryLanguage(noHttp, { name, proxy });
  const unended = unendedBy(plan);
  if (unended) return unended;
  if (over !== 'http' && Object.keys(readers).length > 0) return inEveryLanguage(blindBoxes, { over });
  if (!isHttp2(over)) return null;
  if (notOverHttp2) return inEveryLanguage(notOver, { name, over, why: notOverHttp2 });
  if (load.writeCostUs > 0 && isHttp2(overAtServer(plan))) return inEveryLanguage(noWriteCost, { over });
  return compression && compresses ? inEveryLanguage(noDeflate, { name, over }) : null;
}

/** Why the real proxy that clients reach cannot speak `over` with them; null if it can. */
function unendedBy(plan: Conditions): Text | null {
  const { over } = plan;
  const ending = endingIn(plan);
  if (!ending || over === 'http') return null;
  const { name, own } = ending;
  if (!realProxyByName(name)?.fronts?.includes(over)) {
    const others = realProxies.filter(({ fronts }) => fronts?.includes(over)).map((one) => one.name);
    return inEveryLanguage(onlyClear, { proxy: name, over, others: others.join(', ') });
  }
  const placeholder = `\${CERTIFICATE}`;
  return own === undefined || !isSealed(over) || own.includes(placeholder)
    ? null
    : inEveryLanguage(noCertificate, { over, placeholder });
}

/** At most three significant digits, rounded down: the advised value must fit. */
function figure(value: number): string {
  const step = 10 ** (Math.floor(Math.log10(value)) - 2);
  return String(Number((Math.floor(value / step + 1e-9) * step).toPrecision(3)));
}

/** The share of the time between messages that answers may take; with more, messages close together would queue. */
const keptShare = ({ arrivals }: Load) => (arrivals === 'poisson' ? 0.6 : 0.8);

/**
 * How long (ms) an answer can take if a client may have only one message under way, because its messages are too small
 * for an identity; 0 if it may have any number. No machine can keep a schedule that is faster than this.
 */
function oneAtATimeMs({ transport, scenario, load, link }: Conditions): number {
  const waits = scenario.paced && !scenario.needsPush && load.size < identityBytes && !load.closed;
  if (!waits || load.messages < 2) return 0;
  const roundTripMs = link.upDelayMs + link.downDelayMs + 2 * link.jitterMs;
  if (!transport.traits.polls) return roundTripMs;
  return Math.ceil(Math.max(roundTripMs, 1) / load.pollIntervalMs) * load.pollIntervalMs;
}

const unable = text(
  '{scenario} needs a server that {ability}, and this one cannot; measure a server of rtcompare, or choose a scenario in which the clients speak, such as echo',
  '{scenario}에는 {ability} 서버가 필요한데 이 서버는 그럴 수 없습니다. rtcompare의 서버를 측정하거나 echo처럼 클라이언트가 보내는 시나리오를 골라야 합니다',
);
const abilities: Readonly<Record<Ability, Text>> = {
  tick: text('can be told to speak first', '먼저 보내게 할 수 있는'),
  members: text('is one of several', '여러 대 가운데 하나인'),
  outgoing: text('can tell which of its clients do not read', '읽지 않는 클라이언트를 알려 줄 수 있는'),
  answers: text(
    'answers piece by piece and says what became of it',
    '조각으로 나누어 응답하고 그 결과를 알려 주는',
  ),
};

/** Throws `CannotRun` if the target cannot do what the scenario needs. */
export function checkTarget({ name, needs }: Scenario, target: Pick<Target, Ability>): void {
  const missing = needs.find((ability) => target[ability] === undefined);
  if (missing === undefined) return;
  throw new CannotRun(inEveryLanguage(unable, { scenario: name, ability: abilities[missing] }));
}

/** Files a process has open besides the connections: stdio, IPC, modules, epoll, logs. */
export const reserve = 40;

/** Throws `CannotRun` when the clients' connections would not fit; the child has the same limit as this process. */
export function checkFileLimit(clients: number, connectionsPerClient: number, limit = openFileLimit()): void {
  const needed = clients * connectionsPerClient + reserve;
  if (needed <= limit) return;
  const fits = Math.max(0, Math.floor((limit - reserve) / connectionsPerClient));
  throw new CannotRun(
    inEveryLanguage(
      text(
        '{clients} clients need about {needed} open files, but the limit is {limit}: use --clients {fits} or fewer, or raise it with `ulimit -n {needed}`',
        '클라이언트 {clients}개에는 열린 파일이 약 {needed}개 필요하지만 한도는 {limit}개입니다. --clients를 {fits} 이하로 줄이거나 `ulimit -n {needed}`로 한도를 높여야 합니다',
      ),
      { clients: String(clients), needed: String(needed), limit: String(limit), fits: String(fits) },
    ),
  );
}

/** Throws `CannotRun` when a trial would need more open files than this machine allows. */
export function checkFiles(plan: TrialPlan): void {
  // A relay holds both ends of every connection.
  const ends = needsRelay(plan) || plan.proxies.length > 0 ? 2 : 1;
  checkFileLimit(plan.load.clients, plan.transport.traits.connections[1] * ends);
}
