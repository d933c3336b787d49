/**
 * A binding applies a law to a trial: when the law applies, what it predicts for the trial's own load and
 * link, and which measured figure it is compared with. Laws are pure and know nothing of trials.
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

/** What is known before anything has been measured. */
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
  /** Why laws may not hold: the `server` is foreign, or the `way` to it is unknown. */
  readonly elsewhere?: 'server' | 'way' | undefined;
  /** The boxes on the way, from the first real proxy on. */
  readonly proxies: readonly Behind[];
  /** The browser whose pages are the clients. */
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
  /** Null if the law does not apply to this load. Some laws need a measured figure, and are null without `facts`. */
  predicted(inputs: Inputs, facts: Facts | null): number | readonly number[] | null;
  /** Null if the trial has not measured it. */
  measured(facts: Facts, inputs: Inputs): number | readonly number[] | null;
  /** How far measured may differ from predicted; exact laws leave it out. */
  tolerance?(inputs: Inputs, facts: Facts): number;
  /** How far 1 ms of waiting in the machine moves the figure. By default 1 for times in ms, and 0 for all others. */
  perWaitedMs?(inputs: Inputs): number;
}

export const oneWay = ({ link }: Inputs) => ({
  upNs: (link.upDelayMs + link.jitterMs / 2) * 1e6,
  downNs: (link.downDelayMs + link.jitterMs / 2) * 1e6,
});

export const rttNs = (inputs: Inputs): number => oneWay(inputs).upNs + oneWay(inputs).downNs;
