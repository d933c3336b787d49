/**
 * What a real proxy is: a program or a library that somebody else wrote. A file each says how it is found, which
 * configurations it is measured with, and how it is started; nothing here starts anything.
 */
import type { Address } from '../../target/target.ts';

/** Where it stands. */
export interface Placing {
  /** Where its clients connect. */
  readonly listen: Address;
  /** Where it connects. */
  readonly upstream: Address;
  /** Its own, empty but for its configuration, and removed with it. */
  readonly folder: string;
}

interface Common {
  /** As `--proxy` has it. */
  readonly name: string;
  /** What brings it: a package of Debian, or of npm. */
  readonly package: string;
  /** What its configuration can do about what it does by default, and in which of those here it is done. */
  readonly remedies?: Partial<Record<Ailment, Remedy>>;
}

/** What a proxy may do to a transport, and can be told not to. */
export type Ailment = 'stream' | 'head' | 'upgrade' | 'leaving' | 'death' | 'idle';

export interface Remedy {
  /** As it stands in the configuration. */
  readonly line: string;
  readonly flavour: string;
}

/** A program that is installed on this machine. */
export interface ProgramProxy extends Common {
  readonly kind: 'program';
  /** Looked for along PATH, and where systems keep their daemons. */
  readonly program: string;
  /** Arguments with which it says its version. */
  readonly version: readonly string[];
  /** Its configuration's file in the folder. */
  readonly file: string;
  /** The text of each configuration; the first is taken unless one is named. */
  readonly flavours: Readonly<Record<string, (placing: Placing) => string>>;
  /** Arguments with which it looks at its configuration, and does not start; none where it has no such. */
  readonly check?: (file: string, placing: Placing) => readonly string[];
  /** Arguments with which it stays in the foreground. */
  readonly run: (file: string, placing: Placing) => readonly string[];
  /** How it is told to read its configuration anew: a signal to its first process, or commands in turn. */
  readonly reload: NodeJS.Signals | ((file: string, placing: Placing) => readonly (readonly string[])[]);
  /** What a configuration of somebody else's needs to run without privileges. */
  readonly unprivileged?: (text: string, placing: Placing) => string;
}

/** A library of Node, imported by its name. */
export interface LibraryProxy extends Common {
  readonly kind: 'library';
  readonly flavours: Readonly<Record<string, LibraryOptions>>;
  /** Listens on a free port of this address, and says on which. */
  open(options: LibraryOptions, listen: Address['host'], upstream: Address): Promise<OpenLibrary>;
}

export interface LibraryOptions {
  /** Whether upgrades are handed on. */
  readonly upgrades: boolean;
}

export interface OpenLibrary {
  readonly port: number;
  close(): void;
}

export type RealProxy = ProgramProxy | LibraryProxy;

/** `127.0.0.1:8080`, `[::1]:8080` (RFC 3986 §3.2.2). */
export const authorityOf = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
