/** The lines in the cells of table A, one a transport. */
import type { Text } from '../../base/text.ts';
import { overheadPerMessage, steadyRequests } from './cost.ts';
import type { ByTransport, Carried, Evidence } from './evidence.ts';
import type { Line } from './line.ts';
import { count, decimal, familyLines, milliseconds, name, present } from './lines.ts';
import { messagesUp } from './trial-facts.ts';

export const http = ['http', 'polling', 'long-polling', 'sse'] as const;

export const websocket = ['ws'] as const;

export const everyone = [...http, ...websocket];

export const both = (
  trials: ByTransport,
  lineOf: (trial: Carried) => Line | null,
  instead: Record<string, Line | null> = {},
) => ({
  http: familyLines(http, trials, lineOf, instead),
  websocket: familyLines(websocket, trials, lineOf),
});

/** The reference was measured but cannot push: this tool's own finding, shown only if it ran. */
export const answersOnly = (evidence: Evidence): Record<string, Line | null> => ({
  http: evidence.echo.has('http')
    ? { text: { en: '{name}: only answers', ko: '{name}: 응답만 가능' }, values: { name: name('http') } }
    : null,
});

export const eventsPerRequest = (trial: Carried): Line | null => {
  const events = trial.messages.down;
  const requests = steadyRequests(trial);
  if (events === 0) return null;
  const values = { name: name(trial.transport), events: count(events) };
  // A stream that was opened at set-up needs no request for its events.
  if (requests === 0) {
    return {
      text: { en: '{name}: {events}, no request', ko: '{name}: 요청 없이 {events}건' },
      values,
    };
  }
  return {
    text: {
      en: '{name}: {ratio} ({events}/{requests})',
      ko: '{name}: {ratio} ({events}/{requests})',
    },
    values: { ...values, requests: count(requests), ratio: decimal(events / requests) },
  };
};

/** Connections belong to the clients, so they are counted beside what they carried, never divided by it. */
export const connectionsFor =
  (carried: 'requests' | 'messages') =>
  (trial: Carried): Line | null => {
    const load = carried === 'requests' ? trial.requests : messagesUp(trial);
    if (load === 0) return null;
    return {
      text:
        carried === 'requests'
          ? { en: '{name}: {connections} for {load} requests', ko: '{name}: {connections}개, 요청 {load}개' }
          : {
              en: '{name}: {connections} for {load} messages',
              ko: '{name}: {connections}개, 메시지 {load}개',
            },
      values: { name: name(trial.transport), connections: count(trial.connections), load: count(load) },
    };
  };

export const keepAliveText: Readonly<Record<'on' | 'off', Text>> = {
  on: { en: 'TCP connections, keep-alive on', ko: 'TCP 연결 수, keep-alive 켬' },
  off: { en: 'TCP connections, keep-alive off', ko: 'TCP 연결 수, keep-alive 끔' },
};

export const quantiles = (trial: Carried): Line | null =>
  trial.latency && {
    text: { en: '{name}: {p50} / {p95} / {p99}', ko: '{name}: {p50} / {p95} / {p99}' },
    values: {
      name: name(trial.transport),
      p50: milliseconds(trial.latency.p50),
      p95: milliseconds(trial.latency.p95),
      p99: milliseconds(trial.latency.p99),
    },
  };

export const upAndDown = (trial: Carried): Line | null => {
  const up = overheadPerMessage(trial, 'up');
  const down = overheadPerMessage(trial, 'down');
  if (up === null || down === null) return null;
  return {
    text: { en: '{name}: {up} + {down} B', ko: '{name}: {up} + {down} B' },
    values: { name: name(trial.transport), up: decimal(up), down: decimal(down) },
  };
};

export const quickest: Text = {
  en: 'quickest, within 3 ms: {names} ({best})',
  ko: '가장 빠름(3 ms 안): {names} ({best})',
};

export const lightest: Text = { en: 'fewest bytes: {names} ({best})', ko: '바이트 최소: {names} ({best})' };

export const load = (text: Text, lines: readonly (Line | null)[]): Line[] => {
  const said = present(lines);
  return said.length === 0 ? [] : [{ text }, ...said];
};
