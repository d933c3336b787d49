/**
 * What a real proxy is: a program or a library that somebody else wrote. A file each says how it is found, which
 * configurations it is measured with, and how it is started; nothing here starts anything.
 */
import type { Certificate } from '../../base/certificate.ts';
import type { TlsVersion } from '../../laws/tls.ts';
import { isSealed, type Over } from '../../protocols/over.ts';
import type { Address } from '../../target/target.ts';

/** Where it stands. */
export interface Placing {
  /** Where its clients connect. */
  readonly listen: Address;
  /** Where it connects. */
  readonly upstream: Address;
  /** Its own, empty but for its configuration, and removed with it. */
  readonly folder: string;
  /** What it speaks with its clients; clear-text HTTP/1.1 unless told. */
  readonly front?: PlacedFront | undefined;
}

/** What a proxy may speak with its clients besides clear-text HTTP/1.1, and ends there. */
export type FrontOver = Exclude<Over, 'http'>;

/** What it is to speak with its clients: to the server it goes on speaking HTTP/1.1 in clear text, as proxies do unless told. */
export interface Front {
  readonly over: FrontOver;
  readonly tlsVersion: TlsVersion;
  /** Where it is sealed. */
  readonly certificate?: Certificate | undefined;
}

/** The same, once its certificate is a file. */
export interface PlacedFront extends Omit<Front, 'certificate'> {
  /** PEM, key and certificate in one; written where it is sealed. */
  readonly pem: string;
}

interface Common {
  /** As `--proxy` has it. */
  readonly name: string;
  /** What brings it: a package of Debian, or of npm. */
  readonly package: string;
  /** What its configuration can do about what it does by default, and in which of those here it is done. */
  readonly remedies?: Partial<Record<Ailment, Remedy>>;
  /** What it can end in front of a server; nothing of the sort where left out. */
  readonly fronts?: readonly FrontOver[];
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
  /** Files beside its configuration, by name. */
  readonly besides?: Readonly<Record<string, string>>;
  /** Of a forward proxy: how clients ask it, in each of its configurations. Left out by those that stand before a server. */
  readonly forwards?: Readonly<Record<string, ForwardManner>>;
}

export interface ForwardManner {
  /** `needed`: what is sealed, and WebSockets; HTTP in clear text is asked for in absolute form. */
  readonly tunnels: 'all' | 'needed';
  /** What clients say of themselves. */
  readonly authorization?: string;
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

/** Its certificate, where it is sealed. */
export const sealOf = ({ front }: Placing): PlacedFront | undefined =>
  front !== undefined && isSealed(front.over) ? front : undefined;

export type RealProxy = ProgramProxy | LibraryProxy;

/** `127.0.0.1:8080`, `[::1]:8080` (RFC 3986 §3.2.2). */
export const authorityOf = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
