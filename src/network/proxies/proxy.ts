/**
 * What a real proxy is: a third-party program or library. A file for each says how it is found, which configurations
 * it is measured with, and how it is started; nothing here starts anything.
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
  /** Its own folder, with nothing but its configuration; removed when it ends. */
  readonly folder: string;
  /** What it speaks with its clients; by default clear-text HTTP/1.1. */
  readonly front?: PlacedFront | undefined;
}

/** What a proxy may terminate: what it speaks with its clients besides clear-text HTTP/1.1. */
export type FrontOver = Exclude<Over, 'http'>;

/** What it is to speak with its clients. To the server it speaks HTTP/1.1 in clear text, the default of proxies. */
export interface Front {
  readonly over: FrontOver;
  readonly tlsVersion: TlsVersion;
  /** Only with TLS. */
  readonly certificate?: Certificate | undefined;
}

/** The same, once its certificate is a file. */
export interface PlacedFront extends Omit<Front, 'certificate'> {
  /** File with key and certificate (PEM); empty without TLS. */
  readonly pem: string;
}

interface Common {
  /** Its name in `--proxy`. */
  readonly name: string;
  /** The package to install: of Debian, or of npm. */
  readonly package: string;
  /** Settings that keep it from harming transports as it does by default, and which configuration here has them. */
  readonly remedies?: Partial<Record<Ailment, Remedy>>;
  /** What it can terminate in front of a server; absent if nothing. */
  readonly fronts?: readonly FrontOver[];
}

/** What a proxy may do to a transport, and can be told not to. */
export type Ailment = 'stream' | 'head' | 'upgrade' | 'leaving' | 'death' | 'idle';

export interface Remedy {
  /** The line of the configuration. */
  readonly line: string;
  readonly flavour: string;
}

/** A program that is installed on this machine. */
export interface ProgramProxy extends Common {
  readonly kind: 'program';
  /** Searched in PATH and in the system's folders for daemons. */
  readonly program: string;
  /** Arguments that make it print its version. */
  readonly version: readonly string[];
  /** Name of its configuration file in the folder. */
  readonly file: string;
  /** The text of each configuration; the first is the default. */
  readonly flavours: Readonly<Record<string, (placing: Placing) => string>>;
  /** Arguments that make it check its configuration without starting; absent if it cannot. */
  readonly check?: (file: string, placing: Placing) => readonly string[];
  /** Arguments that run it in the foreground. */
  readonly run: (file: string, placing: Placing) => readonly string[];
  /** How to make it reload its configuration: a signal to its first process, or commands in turn. */
  readonly reload: NodeJS.Signals | ((file: string, placing: Placing) => readonly (readonly string[])[]);
  /** Changes a user's configuration so that it runs without privileges. */
  readonly unprivileged?: (text: string, placing: Placing) => string;
  /** Texts of further files in its folder, by name. */
  readonly besides?: Readonly<Record<string, string>>;
  /** Of a forward proxy: how clients use it, in each of its configurations. Absent for reverse proxies. */
  readonly forwards?: Readonly<Record<string, ForwardManner>>;
}

export interface ForwardManner {
  /** `needed`: only TLS and WebSockets go through a tunnel; clear-text HTTP is requested in absolute form. */
  readonly tunnels: 'all' | 'needed';
  /** Value of the clients' Proxy-Authorization. */
  readonly authorization?: string;
}

/** A library of Node, imported by its name. */
export interface LibraryProxy extends Common {
  readonly kind: 'library';
  readonly flavours: Readonly<Record<string, LibraryOptions>>;
  /** Listens on a free port of this address, and returns the port. */
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

/** Its front, if that is TLS. */
export const sealOf = ({ front }: Placing): PlacedFront | undefined =>
  front !== undefined && isSealed(front.over) ? front : undefined;

export type RealProxy = ProgramProxy | LibraryProxy;

/** `127.0.0.1:8080`, `[::1]:8080` (RFC 3986 §3.2.2). */
export const authorityOf = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
