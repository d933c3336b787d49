/**
 * An application over TLS 1.2 and 1.3, inspected with the secrets that its client logs: the counts match the client's
 * actions, nothing is unparsed, and tshark, with the same secrets, sees as many records, requests, frames of HTTP/2
 * and of WebSocket.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificateFor } from '../src/base/certificate.ts';
import type { Inspection } from '../src/document/inspection.ts';
import { freePort, rtcompare, tally } from './command.ts';

const here = (name: string) => fileURLToPath(new URL(`sealed/${name}`, import.meta.url));
const repeats = 5;

export async function sealed(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-sealed-'));
  const { say, held } = tally();
  const { key, cert } = await certificateFor('rsa', '127.0.0.1');
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  writeFileSync(keyFile, key);
  writeFileSync(certFile, cert);
  process.env.NODE_EXTRA_CA_CERTS = certFile;
  try {
    for (const version of ['TLSv1.2', 'TLSv1.3'])
      for (let repeat = 0; repeat < repeats; repeat++) {
        const [keylog, pcap] = [join(folder, `${version}-${repeat}.log`), join(folder, 'app.pcapng')];
        const port = await freePort();
        const { code, stdout, stderr } = await rtcompare(
          ...['inspect', `https://127.0.0.1:${port}`, '--keylog', keylog, '--pcap', pcap, '--json'],
          ...[
            '--start',
            `"${process.execPath}" "${here('application.mjs')}" "${keyFile}" "${certFile}" ${port} ${version}`,
          ],
          ...['--', process.execPath, here('client.mjs')],
        );
        if (code !== 0) throw new Error(stderr);
        const seen: Inspection = JSON.parse(stdout);
        own(version, seen, say);
        against(version, seen, tsharkOf(pcap, keylog), say);
        injected(version, seen, { pcap, keylog, folder }, say);
      }
    return held();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Say = ReturnType<typeof tally>['say'];

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const countOf = ({ fields }: Inspection, layer: string, name: RegExp) =>
  sum(fields.filter((field) => field.layer === layer && name.test(field.name)).map(({ count }) => count));

/** 10 pages and 20 events, 30 pages and 60 events, 11 messages each way. */
function own(version: string, seen: Inspection, say: Say) {
  const unparsed = sum(
    seen.wire.layers.filter(({ layer }) => layer === 'unparsed').map(({ bytes }) => bytes),
  );
  const { requests, messages } = seen;
  say(
    unparsed === 0 &&
      requests === 11 + 33 + 1 &&
      messages.up === 11 &&
      messages.down === 10 + 20 + 30 + 60 + 11,
    `${version}: requests ${requests}, messages ${messages.up} up and ${messages.down} down, unparsed ${unparsed} B`,
  );
}

function tsharkOf(pcap: string, keylog: string) {
  if (spawnSync('tshark', ['--version']).status !== 0) return null;
  return (field: string): number =>
    spawnSync('tshark', ['-r', pcap, '-o', `tls.keylog_file:${keylog}`, '-T', 'fields', '-e', field])
      .stdout.toString()
      .split(/[\n,]/)
      .filter(Boolean).length;
}

function against(version: string, seen: Inspection, tshark: ReturnType<typeof tsharkOf>, say: Say) {
  if (!tshark) return console.log('not tried: tshark');
  const websocket = sum(
    seen.wire.layers.filter(({ layer }) => layer === 'websocket').map(({ units }) => units),
  );
  for (const [what, theirs, ours] of [
    ['records', tshark('tls.record.length'), countOf(seen, 'tls', /^record-head$/)],
    ['frames of HTTP/2', tshark('http2.type'), countOf(seen, 'http2', /-head$/)],
    ['requests', tshark('http.request.method') + tshark('http2.headers.method'), seen.requests],
    ['frames of WebSocket', tshark('websocket.opcode'), websocket],
  ] as const)
    say(theirs === ours, `${version}: ${what}: tshark ${theirs}, here ${ours}`);
}

/** The same with the secrets in the capture itself, where Wireshark's editcap puts them. */
function injected(
  version: string,
  seen: Inspection,
  { pcap, keylog, folder }: Readonly<Record<'pcap' | 'keylog' | 'folder', string>>,
  say: Say,
) {
  const file = join(folder, 'injected.pcapng');
  if (spawnSync('editcap', ['--inject-secrets', `tls,${keylog}`, pcap, file]).status !== 0)
    return console.log('not tried: editcap');
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [cli, 'inspect', file, '--json']);
  const { requests, messages, wire }: Inspection = JSON.parse(stdout.toString());
  const same = requests === seen.requests && messages.down === seen.messages.down;
  say(
    same && wire.socketBytes === seen.wire.socketBytes,
    `${version}: of a capture with its secrets inside (${readFileSync(file).length} B): requests ${requests}`,
  );
}
