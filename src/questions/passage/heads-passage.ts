/** What a proxy makes of a request's head and of an answer's, by name. */

import { setTimeout as passed } from 'node:timers/promises';
import type { HeadChange } from '../../document/far-side.ts';
import type { Head } from '../../ledger/exchange-heads.ts';
import { headChanges } from '../../ledger/head-changes.ts';
import { authorityOf } from '../../network/proxies/proxy.ts';
import { headsAnswer } from './facing-routes.ts';
import { rawAsk, statusOf } from './raw-socket.ts';
import { named, newName, type Sides, unlimited } from './through-asking.ts';

/** Null where the server was not asked, or what came is not its answer. */
export type HeadsPassage = readonly HeadChange[] | null;

/** As a page of a browser asks for something small. */
const fields = [
  'User-Agent: probe',
  'Accept-Language: en',
  'Accept-Encoding: gzip',
  'Cookie: session=1',
  'X-Probe: 1',
  'Connection: keep-alive',
];
const patienceMs = 1500;

export const probeHeads = (sides: Sides): Promise<HeadsPassage> =>
  unlimited(
    () => askedHeads(sides),
    (found) => found === null,
  );

async function askedHeads({ front, server }: Sides): Promise<HeadsPassage> {
  const name = newName();
  const socket = rawAsk(front, named('/heads', name), fields);
  for (const end = performance.now() + patienceMs; performance.now() < end; await passed(10))
    if (socket.said().includes('\r\n\r\n') || socket.end()) break;
  socket.destroy();
  const far = server.head(name);
  if (!far || statusOf(socket.said()) !== 200) return null;
  const lines = [`GET / HTTP/1.1`, `Host: ${authorityOf(front)}`, 'Accept: */*', ...fields].join('\r\n');
  const asked = { version: far.version, ...fieldsOf(pairs(far.rawHeaders)) };
  return [
    ...headChanges(headOf(lines), asked, { message: 'request', bodiless: false }),
    ...headChanges(headOf(socket.said()), headOf(headsAnswer), { message: 'response', bodiless: false }),
  ];
}

const pairs = (raw: readonly string[]) =>
  Array.from({ length: raw.length / 2 }, (_, n) => [raw[2 * n] ?? '', raw[2 * n + 1] ?? ''] as const);

function headOf(said: string): Head {
  const [start = '', ...lines] = (said.split('\r\n\r\n', 1)[0] ?? '').split('\r\n');
  const version = /HTTP\/1\.[01]/.exec(start)?.[0] ?? '';
  return { version, ...fieldsOf(lines.map((line) => /^([^:]*): *(.*)$/.exec(line)?.slice(1) ?? [])) };
}

function fieldsOf(read: readonly (readonly (string | undefined)[])[]): Pick<Head, 'fields' | 'spelled'> {
  const fields = new Map<string, string>();
  for (const [name = '', value = ''] of read) {
    const key = name.toLowerCase();
    const before = fields.get(key);
    fields.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return { fields: [...fields], spelled: read.map(([name = '']) => name) };
}
