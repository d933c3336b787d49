/** What the parent asks of the process that keeps a real proxy. */
import type { Address } from '../../target/target.ts';
import type { Front } from './proxy.ts';

export interface ProxyStart {
  readonly name: string;
  /** Where the program is; empty for a library. */
  readonly path: string;
  readonly flavour: string;
  /** The text of a configuration of one's own, with its placeholders. */
  readonly own: string | undefined;
  readonly host: string;
  readonly upstream: Address;
  /** Only of a proxy that can end it. */
  readonly front?: Front | undefined;
}

/** Once it listens. */
export interface ProxyListening {
  readonly port: number;
  /** Of the program's process group, and its folder; none where it runs in the keeper's own process. */
  readonly pid: number | null;
  readonly folder: string | null;
  /** Its own words where it refused; nothing of the above holds then. */
  readonly refused?: string;
}

export type ProxyCommand =
  | { readonly type: 'start'; readonly options: ProxyStart }
  | { readonly type: 'mark' | 'resources' | 'reload' }
  | { readonly type: 'stop' };
