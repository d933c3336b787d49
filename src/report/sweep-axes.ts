/**
 * What a sweep changed from trial to trial. The report does not say that it swept: whatever part of load or link
 * differs between trials of one scenario was swept, whoever made the report.
 */
import type { Trial } from '../document/report.ts';
import { bytes, count, decimal, milliseconds } from './units.ts';
import type { WordKey } from './words.ts';

/** What a sweep may change. */
export type Swept = Pick<Trial, 'load' | 'link'>;

export interface Axis {
  readonly name: WordKey;
  readonly value: (trial: Swept) => number;
  readonly text: (value: number) => string;
  /** A property of the link, which has a name of its own. */
  readonly ofLink?: true;
}

const ms = (value: number): string => `${milliseconds(value * 1e6)} ms`;

/** Milliseconds from one end of the link to the other and back. */
export const rttMs = ({ link }: Pick<Trial, 'link'>): number => link.upDelayMs + link.downDelayMs;

const axes: readonly Axis[] = [
  { name: 'axis.clients', value: ({ load }) => load.clients, text: count },
  { name: 'axis.messages', value: ({ load }) => load.messages, text: count },
  { name: 'axis.size', value: ({ load }) => load.size, text: bytes },
  { name: 'axis.rate', value: ({ load }) => load.rate, text: (rate) => `${decimal(rate)}/s` },
  { name: 'axis.pollInterval', value: ({ load }) => load.pollIntervalMs, text: ms },
  { name: 'axis.outage', value: ({ load }) => load.outageMs, text: ms },
  { name: 'axis.writeCost', value: ({ load }) => load.writeCostUs / 1000, text: ms },
  { name: 'axis.rtt', value: rttMs, text: ms, ofLink: true },
];

/** Those along which trials of one scenario differ. */
export const sweptAxes = (trials: readonly Swept[]): Axis[] =>
  axes.filter(({ value }) => new Set(trials.map(value)).size > 1);
