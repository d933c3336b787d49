/**
 * A binding introduces a law to a trial: when the law applies, what it predicts for the trial's own load and
 * link, and which measured figure it is held against. Laws are pure and know nothing of trials.
 */

import type { CertificateKind } from '../../base/certificate.ts';
import type { ChosenBrowser } from '../../browsers/engine.ts';
import type { HeadsByKind } from '../../document/browser-side.ts';
import type { Link, Load, Trial } from '../../document/report.ts';
import type { TlsVersion } from '../../laws/tls.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Behind } from '../../network/between.ts';
import type { Over } from '../../protocols/over.ts';
import type { Transport } from '../../transports/transport.ts';
import type { Party } from '../party.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Steady } from '../steady.ts';

/** All a law may ask before anything has been measured. */
export interface Inputs {
  readonly transport: Transport;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly link: Link;
  readonly host: string;
  readonly port: number;
  readonly compression: boolean;
  readonly keepAlive: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly heads?: HeadsByKind | undefined;
  readonly over: Over;
  readonly tlsVersion: TlsVersion;
  readonly certificate: CertificateKind;
  /** PEM of the server's certificate, once there is one. */
  readonly authority?: string | undefined;
  /** What of the server is not as laws take it to be: it is somebody else's, or stands at the end of an unknown way. */
  readonly elsewhere?: 'server' | 'way' | undefined;
  /** What stands on the way from the first real proxy on. */
  readonly proxies: readonly Behind[];
  /** Whose pages are the clients. */
  readonly browser?: ChosenBrowser | undefined;
}

/** What a trial has measured. */
export interface Facts {
  readonly trial: Trial;
  readonly ledger: Ledger;
  readonly party: Party;
  readonly steady: Steady;
}

export interface Binding {
  readonly metric: string;
  readonly unit: string;
  /** Null where the law has nothing to say about this load. Some laws need a measured figure to say it. */
  predicted(inputs: Inputs, facts: Facts | null): number | readonly number[] | null;
  /** Null where the trial has not measured it. */
  measured(facts: Facts, inputs: Inputs): number | readonly number[] | null;
  /** How far measured may lie from predicted; exact laws leave it out. */
  tolerance?(inputs: Inputs, facts: Facts): number;
  /** How far a wait of the machine of 1 ms moves the figure; of a time, by 1 ms. Left out where it does not. */
  perWaitedMs?(inputs: Inputs): number;
}

export const oneWay = ({ link }: Inputs) => ({
  upNs: (link.upDelayMs + link.jitterMs / 2) * 1e6,
  downNs: (link.downDelayMs + link.jitterMs / 2) * 1e6,
});

export const rttNs = (inputs: Inputs): number => oneWay(inputs).upNs + oneWay(inputs).downNs;
