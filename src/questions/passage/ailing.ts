/** What does not get through a proxy as a transport needs it, and which configuration was written to help. */
import { realProxyByName } from '../../network/proxies/index.ts';
import type { Ailment, Remedy } from '../../network/proxies/proxy.ts';
import type { ProbedProxy } from './configuration-passage.ts';
import { isHeadLate } from './stream-passage.ts';

export const isWell: Readonly<Record<Ailment, (probed: ProbedProxy) => boolean>> = {
  stream: ({ stream }) => stream.how === 'event by event',
  head: ({ stream }) => !('headMs' in stream && isHeadLate(stream)),
  upgrade: ({ upgrade }) => upgrade.how === 'passes',
  leaving: ({ leaving }) => leaving.stream !== null && leaving.poll !== null,
  death: ({ death: { chunked } }) => !(chunked.end === 'complete' && chunked.status === 200),
  idle: ({ idle }) =>
    [idle.stream, idle.poll, idle.websocket].every(({ how }) => how === 'open' || how === 'refused'),
};

const ailmentsOf = (probed: ProbedProxy): Ailment[] =>
  (Object.keys(isWell) as Ailment[]).filter((ailment) => !isWell[ailment](probed));

export const remedyFor = ({ name }: Pick<ProbedProxy, 'name'>, ailment: Ailment): Remedy | undefined =>
  realProxyByName(name)?.remedies?.[ailment];

/** Configurations of the same proxies that were not asked for but show whether the remedies help. */
export const remediesToProbe = (probed: readonly ProbedProxy[]): string[] => {
  const wanted = probed.flatMap((one) =>
    ailmentsOf(one).flatMap((ailment) => {
      const remedy = remedyFor(one, ailment);
      return remedy ? [`${one.name}:${remedy.flavour}`] : [];
    }),
  );
  const have = new Set(probed.map(({ name, flavour }) => `${name}:${flavour}`));
  return [...new Set(wanted)].filter((one) => !have.has(one));
};
