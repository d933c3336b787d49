/**
 * The definition of a browser or another runtime: a value that says how to find it, how to start it with only an
 * address, and how to make it trust certificates.
 */
import type { Text } from '../base/text.ts';
import type { Over } from '../protocols/over.ts';
import type { SpokenLane } from './page-talk.ts';

export const browserNames = ['chromium', 'firefox', 'webkitgtk'] as const;
export type BrowserName = (typeof browserNames)[number];
/** Engines that start processes as clients, not pages. */
export const runtimeNames = ['bun', 'deno'] as const;
export type RuntimeName = (typeof runtimeNames)[number];
export type EngineName = BrowserName | RuntimeName;

/** What it is started with. */
export interface StartedWith {
  /** A folder of its own for its profile; it may write there. */
  readonly folder: string;
  readonly url: string;
  /** PEM of certificates that it trusts besides those it knows. */
  readonly trusted: readonly string[];
  /** The file to which it writes the secrets of its TLS connections. */
  readonly keyLogFile: string;
}

export interface Engine {
  readonly name: EngineName;
  /** Its name in running text. */
  readonly title: string;
  /** Names of its program; the first one found on the PATH is used. */
  readonly programs: readonly string[];
  /** An npm package that brings it, and the path of the compressed program in it. */
  readonly package: { readonly name: string; readonly packed: string } | null;
  /** How to install it, as one shell command. */
  readonly install: string;
  /** The command that starts it, if it does not start by itself. */
  readonly launcher?: readonly string[];
  readonly args: (started: StartedWith) => readonly string[];
  /** The files of its profile, by name. */
  readonly profile: (started: StartedWith) => Readonly<Record<string, string>>;
  readonly environment: (started: StartedWith) => Readonly<Record<string, string>>;
  /** Why its clients cannot use this lane over this protocol; null, or no function at all, if they can. */
  readonly cannot?: (lane: SpokenLane, over: Over) => Text | null;
  /** Laws of our own clients that this engine is known not to follow. */
  readonly otherLaws?: readonly string[];
  /**
   * What remains to do after the start, before a page is opened over TLS; it runs in the process that keeps the engine.
   */
  readonly afterStart?: (started: StartedWith) => Promise<void>;
}

/** An engine that was found on this machine. */
export interface ChosenBrowser {
  readonly name: EngineName;
  readonly version: string;
  readonly path: string;
}
