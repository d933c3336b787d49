/**
 * What a browser is to us, or another runtime: a value that says how it is found, started with nothing but an address, and
 * told whom to trust.
 */
import type { Text } from '../base/text.ts';
import type { Over } from '../protocols/over.ts';
import type { SpokenLane } from './page-talk.ts';

export const browserNames = ['chromium', 'firefox', 'webkitgtk'] as const;
export type BrowserName = (typeof browserNames)[number];
/** What they start are processes, not pages. */
export const runtimeNames = ['bun', 'deno'] as const;
export type RuntimeName = (typeof runtimeNames)[number];
export type EngineName = BrowserName | RuntimeName;

/** What it is started with. */
export interface StartedWith {
  /** A folder of its own, which it may fill: its profile. */
  readonly folder: string;
  readonly url: string;
  /** PEM of certificates that it trusts besides those it knows. */
  readonly trusted: readonly string[];
  /** It writes the secrets of its sealed connections here. */
  readonly keyLogFile: string;
}

export interface Engine {
  readonly name: EngineName;
  /** What it is called in running text. */
  readonly title: string;
  /** Names of its program, the first that is found on the PATH. */
  readonly programs: readonly string[];
  /** A package that brings it, and the program in it, packed. */
  readonly package: { readonly name: string; readonly packed: string } | null;
  /** How to install it, as one line of a shell. */
  readonly install: string;
  /** What starts it, where it does not start by itself. */
  readonly launcher?: readonly string[];
  readonly args: (started: StartedWith) => readonly string[];
  /** Files of its profile, by their names. */
  readonly profile: (started: StartedWith) => Readonly<Record<string, string>>;
  readonly environment: (started: StartedWith) => Readonly<Record<string, string>>;
  /** Why its clients cannot speak so; null, like none, where they can. */
  readonly cannot?: (lane: SpokenLane, over: Over) => Text | null;
  /** Laws of our own clients that it is known not to keep. */
  readonly otherLaws?: readonly string[];
  /** What is left to do once it was started, before a sealed page is opened; it runs in the process that keeps the engine. */
  readonly afterStart?: (started: StartedWith) => Promise<void>;
}

/** One that was found. */
export interface ChosenBrowser {
  readonly name: EngineName;
  readonly version: string;
  readonly path: string;
}
