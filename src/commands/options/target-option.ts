/** `--target`: the server that is measured instead of our own, and which options it excludes. */
import type { Command, Option } from 'commander';
import { CannotRun, UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Reader, say, type Text, text } from '../../base/text.ts';
import type { Report } from '../../document/report.ts';
import { type Allowance, allowances, checkAllowance, type Elsewhere } from '../../run/elsewhere.ts';
import type { Target } from '../../target/target.ts';
import type { Located } from '../../target/target-address.ts';
import type { TrialPlan } from '../../trial/plan.ts';
import { authorityIn } from './page-seal.ts';
import { refuseAlone } from './partners.ts';
import { option } from './values.ts';

export interface TargetOptions {
  target?: string;
  targetToken?: string;
  targetCa?: string;
  allowRemote?: boolean;
}

export const targetOptions = (): Option[] => [
  option(
    '--target <url>',
    text(
      'measure the server that stands there, instead of servers of this run',
      '서버를 띄우지 않고 이 주소에 있는 서버를 측정',
    ),
  ),
  option(
    '--target-token <token>',
    text(
      'it is the control of `rtcompare serve --control`: the token that it printed',
      '주소가 `rtcompare serve --control`일 때 그곳에 출력된 토큰',
    ),
  ),
  option(
    '--target-ca <file>',
    text('certificate that vouches for it, as PEM', '대상의 인증서를 보증하는 PEM 파일'),
  ),
  option(
    '--allow-remote',
    text(
      'the target may be outside this machine and its network: it is yours, or you may measure it',
      '이 컴퓨터와 사설망 밖의 대상도 허용: 내 서버이거나 측정을 허락받은 경우',
    ),
  ),
];

export interface ChosenTarget {
  readonly elsewhere: Elsewhere;
  readonly limits: Allowance;
  /** For the report. */
  readonly inPlan: { readonly target: NonNullable<Report['plan']['target']> };
  /** Throws if the target cannot be measured as planned, or the plan asks too much of it. */
  check(trials: readonly TrialPlan[]): Promise<void>;
}

const limited = text(
  'target {url}: at most {perSecond} messages a second of all clients together, {clients} clients, {minutes} min',
  '대상 {url}: 모든 클라이언트를 합쳐 초당 메시지 최대 {perSecond}개, 클라이언트 최대 {clients}개, 최대 {minutes}분',
);
const ended = text(
  'the run was ended after {minutes} min, which is as long as a target is measured',
  '대상은 최대 {minutes}분 동안 측정하므로 측정을 끝냈습니다',
);

const inFigures = ({ limits: { perSecond, clients, minutes } }: ChosenTarget) => ({
  perSecond: String(perSecond),
  clients: String(clients),
  minutes: String(minutes),
});

/** How much the run asks of the target at most; printed before the run. */
export const limitsLine = (target: ChosenTarget, reader: Reader): string =>
  say(reader, limited, { url: target.inPlan.target.url, ...inFigures(target) });

/** Ends the run after the target's time limit. */
export function withinTime(signal: AbortSignal, target: ChosenTarget | null) {
  if (!target) return { signal };
  const tooLong = AbortSignal.timeout(target.limits.minutes * 60_000);
  return { signal: AbortSignal.any([signal, tooLong]), tooLong };
}

export const overTime = (target: ChosenTarget): CannotRun =>
  new CannotRun(inEveryLanguage(ended, { minutes: inFigures(target).minutes }));

const remote = text(
  '--target {url}: {address} is neither on this machine nor in a private network; where it is yours, or you may measure it, add --allow-remote',
  '--target {url}: {address}은(는) 이 컴퓨터나 사설망의 주소가 아닙니다. 내 서버이거나 측정을 허락받았다면 --allow-remote를 더해야 합니다',
);
const controlUrl = text(
  '--target {url}: with --target-token write the URL that `rtcompare serve --control` printed, such as http://192.168.0.5:8080',
  '--target {url}: --target-token과 함께 쓸 때는 http://192.168.0.5:8080처럼 `rtcompare serve --control`이 출력한 URL을 적어야 합니다',
);
const needsTarget = text('add --target URL', '--target URL을 더해야 합니다');
const ours = text('it is for servers that this run starts', '이 측정이 띄우는 서버에만 쓰는 옵션입니다');

/** Throws `UsageError` for options that exclude each other. */
function refuseAside(made: Command, { target, targetToken }: TargetOptions) {
  for (const flag of ['--target-token', '--target-ca', '--allow-remote'] as const)
    refuseAlone(made, flag, { isThere: target !== undefined, remedy: needsTarget });
  refuseAlone(made, '--target-ca', {
    isThere: targetToken === undefined,
    remedy: text('the control makes a certificate of its own', '제어 서버가 인증서를 스스로 만듭니다'),
  });
  for (const flag of ['--host', '--port'] as const)
    refuseAlone(made, flag, { isThere: target === undefined, remedy: ours });
  for (const flag of ['--heartbeat', '--write-cost', '--certificate', '--tls'] as const)
    refuseAlone(made, flag, { isThere: target === undefined || targetToken !== undefined, remedy: ours });
}

/** Finds out where the target is, and whether it may be measured. Null without `--target`. */
export async function chooseTarget(options: TargetOptions, made: Command): Promise<ChosenTarget | null> {
  refuseAside(made, options);
  const { target, targetToken, allowRemote = false } = options;
  if (target === undefined) return null;
  const { locate } = await import('../../target/target-address.ts');
  const located = await locate(target);
  const { url, address, isRemote } = located;
  if (isRemote && !allowRemote) throw new UsageError(inEveryLanguage(remote, { url, address }));
  if (targetToken !== undefined && (located.isSealed || located.prefix !== ''))
    throw new UsageError(inEveryLanguage(controlUrl, { url }));
  const limits = isRemote ? allowances.remote : allowances.near;
  const kind = targetToken === undefined ? ('foreign' as const) : ('far' as const);
  const common = { limits, inPlan: { target: { url, kind, ...limits } } };
  return targetToken === undefined
    ? { ...common, ...(await foreign(located, options.targetCa, limits)) }
    : { ...common, ...(await far(located, targetToken, limits)) };
}

type Way = Pick<ChosenTarget, 'elsewhere' | 'check'>;

async function far({ address, port }: Located, token: string, limits: Allowance): Promise<Way> {
  const { startFarServer } = await import('../../trial/far-start.ts');
  return {
    elsewhere: {
      start: (plan) => startFarServer(plan, { host: address, port, token }),
      // No check is needed: the control reports the end of a server, and that ends the trial.
      stillThere: async () => {},
    },
    check: async (trials) => checkAllowance(trials, limits),
  };
}

async function foreign(located: Located, caFile: string | undefined, limits: Allowance): Promise<Way> {
  const { foreignTarget, look, stillThere } = await import('../../target/foreign-server.ts');
  const { standing } = await import('../../target/target.ts');
  const { checkTarget } = await import('../../trial/limits.ts');
  const authority = caFile === undefined ? undefined : authorityIn(caFile);
  const server = { ...located, authority };
  /** The target for each server's protocol, so that each is looked at once. */
  const known = new Map<string, Promise<Target>>();
  return {
    elsewhere: {
      start({ transport: { server: spoken } }) {
        const found = known.get(spoken) ?? foreignTarget(server, spoken);
        known.set(spoken, found);
        return found;
      },
      stillThere: () => stillThere(server),
    },
    async check(trials) {
      checkAllowance(trials, limits);
      for (const { scenario } of trials) checkTarget(scenario, standing({ host: '', port: 0 }));
      await look(server);
    },
  };
}

const wrongScheme = text(
  '--over {over}: the URL of the target is {scheme}, over which there is {can}',
  '--over {over}: 대상의 URL이 {scheme}이므로 {can}만 쓸 수 있습니다',
);

/** Changes the plan for a foreign server: its URL says what HTTP goes over, and it cannot be made to speak first. */
export function plannedForTarget<Options extends TargetOptions & { over: string; scenario?: string }>(
  options: Options,
): Options {
  const { target, targetToken, over } = options;
  if (target === undefined || targetToken !== undefined) return options;
  const isSealed = /^(https|wss):/i.test(target);
  const can = isSealed ? ['https', 'h2'] : ['http', 'h2c'];
  const asked = over === 'http' && isSealed ? 'https' : over;
  const scheme: Text = { en: isSealed ? 'https' : 'http', ko: isSealed ? 'https' : 'http' };
  if (!asked.split(',').every((one) => can.includes(one.trim())))
    throw new UsageError(inEveryLanguage(wrongScheme, { over, scheme, can: can.join(', ') }));
  return { ...options, over: asked, scenario: options.scenario ?? 'echo' };
}
