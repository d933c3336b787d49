/** A real proxy as a hop. A process of its own (`proxy-host.ts`) starts it, and ends it with the run. */
import { startChild } from '../../base/child/parent.ts';
import { CannotRun } from '../../base/failure.ts';
import type { Resources } from '../../base/resources.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import type { Address } from '../../target/target.ts';
import type { Hop, RunningHop } from '../hop.ts';
import { realProxyByName } from './index.ts';
import type { ForwardManner, Front } from './proxy.ts';
import type { ProxyCommand, ProxyListening, ProxyStart } from './proxy-command.ts';
import { endWithFolder, sweep } from './watched-program.ts';

/** A proxy as the user chose it. */
export interface ChosenProxy extends Pick<ProxyStart, 'name' | 'path' | 'flavour' | 'own'> {
  /** Of the installed proxy. */
  readonly version: string;
  readonly kind: 'program' | 'library';
}

const refused = text(
  'proxy-refused: {name} does not start with this configuration; its own words:\n  {words}',
  'proxy-refused: {name}이(가) 이 설정으로 시작되지 않습니다. {name}이(가) 한 말:\n  {words}',
);

/** Undefined for a reverse proxy. */
function forwardingOf({ name, flavour }: Pick<ChosenProxy, 'name' | 'flavour'>): ForwardManner | undefined {
  const proxy = realProxyByName(name);
  return proxy?.kind === 'program' ? proxy.forwards?.[flavour] : undefined;
}

export const proxyHop = (chosen: ChosenProxy, host: string, front?: Front): Hop => ({
  name: 'proxy',
  forwards: forwardingOf(chosen),
  start: (next) => startProxy(chosen, host, next, front),
});

export interface RunningProxy extends RunningHop {
  readonly pid: number;
  /** Makes it reload its configuration: null once it was told to, else its error output. Absent for libraries. */
  readonly reload?: () => Promise<string | null>;
}

/** Throws `CannotRun` with its own output if it does not start. */
export async function startProxy(
  { name, path, flavour, own, kind }: ChosenProxy,
  host: string,
  upstream: Address,
  front?: Front,
): Promise<RunningProxy> {
  const child = startChild<ProxyCommand>(`${name} proxy`, 'network/proxies/proxy-host.js');
  const close = () => child[Symbol.asyncDispose]();
  try {
    const start = { type: 'start', options: { name, path, flavour, own, host, upstream, front } } as const;
    const { port, pid, folder, refused: words } = (await child.ask(start, 30_000)) as ProxyListening;
    if (words !== undefined) throw new CannotRun(inEveryLanguage(refused, { name, words }));
    // The process that keeps the proxy was killed, so this one ends the proxy.
    child.gone.addEventListener('abort', () => {
      if (folder !== null) endWithFolder(pid ?? undefined, folder);
    });
    return {
      endpoint: { host, port },
      pid: child.pid,
      gone: child.gone,
      ...(kind === 'program' && {
        reload: async () => (await child.ask({ type: 'reload' }, 30_000)) as string | null,
      }),
      // Only a library runs in the child process itself, which can measure no process but its own.
      ...(kind === 'library' && {
        resources: {
          mark: async () => void (await child.ask({ type: 'mark' })),
          read: async () => (await child.ask({ type: 'resources' })) as Resources,
        },
      }),
      async [Symbol.asyncDispose]() {
        await close();
        if (folder !== null) sweep(pid ?? undefined, folder);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
