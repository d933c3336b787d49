/** What the parent sends to the process that runs a real proxy. */
import type { Address } from '../../target/target.ts';
import type { Front } from './proxy.ts';

export interface ProxyStart {
  readonly name: string;
  /** Where the program is; empty for a library. */
  readonly path: string;
  readonly flavour: string;
  /** The text of the user's own configuration, with its placeholders. */
  readonly own: string | undefined;
  readonly host: string;
  readonly upstream: Address;
  /** Only for a proxy that can terminate it. */
  readonly front?: Front | undefined;
}

/** Once it listens. */
export interface ProxyListening {
  readonly port: number;
  /** The program's process group and folder; null for a library, which runs in the child process itself. */
  readonly pid: number | null;
  readonly folder: string | null;
  /** Its own output if it did not start; then the fields above mean nothing. */
  readonly refused?: string;
}

export type ProxyCommand =
  | { readonly type: 'start'; readonly options: ProxyStart }
  | { readonly type: 'mark' | 'resources' | 'reload' }
  | { readonly type: 'stop' };
