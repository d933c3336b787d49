/**
 * What a sweep changed from trial to trial. A report does not say what it swept, so any part of load or link that
 * differs between trials of one scenario counts as swept, whichever program made the report.
 */
import { type Text, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { type SpokenBy, speakers } from '../../../document/speakers.ts';
import { type Over, overs } from '../../../protocols/over.ts';
import { type AdapterName, adapters } from '../../../servers/adapter.ts';
import { bytes, count, decimal, milliseconds } from '../../blocks/quantities.ts';

/** What a sweep may change. */
export type Swept = Pick<Trial, 'load' | 'link' | 'over' | 'spokenBy'>;

export interface Axis {
  readonly name: Text;
  readonly value: (trial: Swept) => number;
  readonly text: (value: number) => string;
  /** A property of the link, which has a name of its own. */
  readonly ofLink?: true;
  /** Its values are names: nothing lies between two of them. */
  readonly ofNames?: true;
}

const ms = (value: number): string => `${milliseconds(value * 1e6)} ms`;

/** Milliseconds from one end of the link to the other and back. */
export const rttMs = ({ link }: Pick<Trial, 'link'>): number => link.upDelayMs + link.downDelayMs;

const axes: readonly Axis[] = [
  { name: text('clients', '클라이언트 수'), value: ({ load }) => load.clients, text: count },
  { name: text('messages', '메시지 수'), value: ({ load }) => load.messages, text: count },
  { name: text('size', '메시지 크기'), value: ({ load }) => load.size, text: bytes },
  {
    name: text('rate', '초당 메시지 수'),
    value: ({ load }) => load.rate,
    text: (rate) => `${decimal(rate)}/s`,
  },
  { name: text('poll interval', '폴링 간격'), value: ({ load }) => load.pollIntervalMs, text: ms },
  { name: text('outage', '단절 시간'), value: ({ load }) => load.outageMs, text: ms },
  { name: text('write cost', '쓰기 비용'), value: ({ load }) => load.writeCostUs / 1000, text: ms },
  { name: text('RTT', 'RTT'), value: rttMs, text: ms, ofLink: true },
  {
    name: text('adapter', '어댑터'),
    value: ({ load }) => adapters.indexOf(load.own?.adapter as AdapterName),
    text: (value) => adapters[value] ?? '',
    ofNames: true,
  },
  {
    name: text('over', '프로토콜'),
    value: ({ over }) => overs.indexOf(over),
    text: (value) => carriageNames[overs[value] ?? 'http'],
    ofNames: true,
  },
  {
    name: text('clients of', '클라이언트'),
    value: ({ spokenBy = 'node' }) => speakers.indexOf(spokenBy),
    text: (value) => speakerNames[speakers[value] ?? 'node'],
    ofNames: true,
  },
];

/** The common names of what HTTP goes over. */
export const carriageNames: Readonly<Record<Over, string>> = {
  http: 'HTTP/1.1',
  https: 'HTTP/1.1 + TLS',
  h2: 'HTTP/2 + TLS',
  h2c: 'HTTP/2',
};

/** The names of the kinds of clients in running text. */
export const speakerNames: Readonly<Record<SpokenBy, string>> = {
  node: 'Node',
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkitgtk: 'WebKitGTK (not Safari)',
  bun: 'Bun',
  deno: 'Deno',
};

/** The axes along which trials of one scenario differ. */
export const sweptAxes = (trials: readonly Swept[]): Axis[] =>
  axes.filter(({ value }) => new Set(trials.map(value)).size > 1);
