/** The messages between the parent and the process that keeps a browser. */
import type { EngineName } from './engine.ts';

export interface BrowserStart {
  readonly name: EngineName;
  readonly path: string;
  readonly url: string;
  readonly trusted: readonly string[];
}

export interface BrowserStarted {
  /** The browser's process id, which is also its process group, and its folder. */
  readonly pid: number;
  readonly folder: string;
}

export type BrowserCommand =
  | { readonly type: 'start'; readonly options: BrowserStart }
  | { readonly type: 'stop' };
