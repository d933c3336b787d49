/** What does not come through a proxy as a transport needs it, and which configuration was written to help. */
import { realProxyByName } from '../../network/proxies/index.ts';
import type { Ailment, Remedy } from '../../network/proxies/proxy.ts';
import type { ProbedProxy } from './configuration-passage.ts';

export const isWell: Readonly<Record<Ailment, (probed: ProbedProxy) => boolean>> = {
  stream: ({ stream }) => stream.how === 'event by event',
  upgrade: ({ upgrade }) => upgrade.how === 'passes',
  leaving: ({ leaving }) => leaving.stream !== null && leaving.poll !== null,
};

export const ailmentsOf = (probed: ProbedProxy): Ailment[] =>
  (Object.keys(isWell) as Ailment[]).filter((ailment) => !isWell[ailment](probed));

export const remedyFor = (probed: ProbedProxy, ailment: Ailment): Remedy | undefined =>
  realProxyByName(probed.name)?.remedies?.[ailment];

/** Of the same proxy, what nobody asked for and shows whether its remedies help. */
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
