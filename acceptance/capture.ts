/**
 * Captures read back: the packets of a run give the run's own ledger, byte for byte; tshark counts the same requests and
 * frames; reading costs a part of what it costs tshark; a long capture takes no more memory than a short one.
 *
 * The run has a network namespace of its own, so that nobody else's packets are in the capture.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inspection } from '../src/document/inspection.ts';
import type { Report } from '../src/document/report.ts';
import { pcapHeader, pcapTrial } from '../src/report/skins/pcap.ts';
import { rtcompare, tally } from './command.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const has = (program: string, ...args: string[]) =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

export async function capture(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-capture-'));
  const { say, held } = tally();
  try {
    if (has('tcpdump', '--version') && has('unshare', '-n', 'true')) await capturedRun(folder, say);
    else console.log('not tried: tcpdump and a network namespace of our own');
    await ownPcap(folder, say);
    await costs(folder, say);
    return held();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Say = ReturnType<typeof tally>['say'];
type Ledger = Readonly<Record<string, number>>;

function ledgerOf(layers: readonly { layer: string; direction: string; bytes: number }[]): Ledger {
  const sums: Record<string, number> = {};
  for (const { layer, direction, bytes } of layers)
    sums[`${direction} ${layer}`] = (sums[`${direction} ${layer}`] ?? 0) + bytes;
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const differences = (a: Ledger, b: Ledger) =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]);

/** Plain TCP is read by nobody who was not told what it is: such connections are left out, with all their bytes. */
const isNamed = ({ transport }: Report['trials'][number]) => transport !== 'tcp';

const inspected = async (...args: string[]): Promise<Inspection> => {
  const { code, stdout, stderr } = await rtcompare('inspect', ...args, '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

/** Trials come first; what the documents' tables are answered by afterwards is in no ledger. */
function compare(what: string, { trials }: Report, seen: Inspection, say: Say) {
  const named = trials.filter(isNamed);
  const count = named.reduce((sum, { connections }) => sum + connections, 0);
  const read = seen.perConnection.slice(0, count);
  const bytes = (all: readonly { wire: { socketBytes: number } }[]) =>
    all.reduce((sum, { wire }) => sum + wire.socketBytes, 0);
  const layers = (all: readonly { wire: Inspection['wire'] }[]) =>
    ledgerOf(all.flatMap(({ wire }) => wire.layers));
  const different = differences(layers(named), layers(read));
  say(
    different.length === 0 && bytes(named) === bytes(read),
    `${what}: ${bytes(read)} B of ${bytes(named)} B on ${count} connections of ${seen.connections}, by layer and direction ${different.join(', ') || 'the same'}`,
  );
  const [plain, left] = [bytes(trials.filter((trial) => !isNamed(trial))), seen.source?.leftOut.bytes ?? 0];
  say(plain === left, `${what}: left out are the ${plain} B of plain TCP (${left} B)`);
}

async function capturedRun(folder: string, say: Say) {
  const [file, report] = [join(folder, 'run.pcapng'), join(folder, 'run.json')];
  const script = [
    'ip link set lo up',
    `tcpdump -Z "$(id -un)" -i lo -U -B 65536 -w ${file} tcp & dump=$!`,
    'sleep 1',
    `${process.execPath} ${cli} run --transport all --clients 2 --duration 1s --retry-noisy 0 --quiet --json > ${report}`,
    'sleep 1; kill -INT $dump; wait $dump',
  ].join('\n');
  spawnSync('unshare', ['-n', 'bash', '-c', script], { stdio: 'ignore' });
  const seen = await inspected(file);
  compare('captured run', JSON.parse(readFileSync(report, 'utf8')), seen, say);
  console.log(`  ${JSON.stringify(seen.source)}`);
  if (!has('tshark', '--version')) return console.log('not tried: tshark');
  // Heuristics, because each server has a port of its own.
  const counted = (filter: string) =>
    Number(
      spawnSync('bash', [
        '-c',
        `tshark -r ${file} -Y '${filter}' -T fields -e ${filter} 2>/dev/null | tr ',' '\\n' | grep -c .`,
      ])
        .stdout.toString()
        .trim(),
    );
  const requests = counted('http.request.method');
  say(requests === seen.requests, `HTTP requests: tshark ${requests}, here ${seen.requests}`);
  const frames = counted('websocket.opcode');
  const ours = seen.wire.layers
    .filter(({ layer }) => layer === 'websocket')
    .reduce((sum, { units }) => sum + units, 0);
  say(frames === ours, `WebSocket frames: tshark ${frames}, here ${ours}`);
}

/** The tape of a run, as `pcap` writes it. */
async function ownPcap(folder: string, say: Say) {
  const [tape, file] = [join(folder, 'tape.jsonl'), join(folder, 'tape.pcap')];
  const ran = await rtcompare(
    ...['run', '--transport', 'all', '--clients', '2', '--duration', '1s', '--retry-noisy', '0', '--quiet'],
    ...['--record', tape, '--json'],
  );
  await rtcompare('pcap', tape, file);
  compare('our own pcap', JSON.parse(ran.stdout), await inspected(file), say);
}

interface Cost {
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

/** CPU of the process and its children, and the most memory that it had, looked at again and again. */
async function costOf(command: string): Promise<Cost> {
  const child = spawn('bash', ['-c', `${command} >/dev/null 2>&1; code=$?; times; exit $code`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let peakMb = 0;
  const look = () => {
    const children = spawnSync('pgrep', ['-P', String(child.pid)])
      .stdout.toString()
      .split('\n')
      .filter(Boolean);
    for (const pid of children) {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      } catch {
        // It has ended.
      }
    }
  };
  const timer = setInterval(look, 20);
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  // The second line is that of the children: user and system.
  const [user = 0, system = 0] = [...(said.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return { cpuSeconds: user + system, peakMb };
}

const told = ({ cpuSeconds, peakMb }: Cost) => `${cpuSeconds.toFixed(2)} s CPU, ${peakMb.toFixed(0)} MB`;

async function costs(folder: string, say: Say) {
  const ours = (file: string) => costOf(`${process.execPath} ${cli} inspect ${file}`);
  const messages = join(folder, 'messages.pcap');
  writeMessages(messages, 100_000, 64);
  const here = await ours(messages);
  console.log(`100,000 ws messages here: ${told(here)}`);
  if (has('tshark', '--version')) {
    // Each is held against ours by itself: whoever wants one of its answers runs one of them.
    for (const options of ['-q -z io,stat,0 -Y websocket', '-Y websocket -T fields -e websocket.opcode']) {
      const there = await costOf(`tshark -r ${messages} ${options}`);
      const [cpu, memory] = [there.cpuSeconds / here.cpuSeconds, there.peakMb / here.peakMb];
      say(cpu >= 3, `CPU: tshark ${options} ${told(there)}, ${cpu.toFixed(1)} × ours`);
      say(memory >= 2, `memory: tshark ${memory.toFixed(1)} × ours`);
    }
  }
  const [short, long] = [join(folder, 'short.pcap'), join(folder, 'long.pcap')];
  writeMessages(short, 9_000, 1000);
  writeMessages(long, 400_000, 1000);
  const [few, many] = [await ours(short), await ours(long)];
  const megabytes = (file: string) => (statSync(file).size / 1e6).toFixed(0);
  say(
    many.peakMb <= 1.3 * few.peakMb,
    `${megabytes(short)} MB: ${told(few)}; ${megabytes(long)} MB: ${told(many)}, ${(many.peakMb / few.peakMb).toFixed(2)} × the memory`,
  );
}

const handshake = {
  up: 'GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  down: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
} as const;
const connections = 10;

/** Messages by turns from clients, masked, and from the server. */
function writeMessages(path: string, messages: number, size: number) {
  const file = openSync(path, 'w');
  const write = (packet: Buffer) => void writeSync(file, packet);
  write(pcapHeader());
  const trial = pcapTrial(0, write);
  for (let connection = 0; connection < connections; connection++)
    for (const direction of ['up', 'down'] as const)
      trial.add({ at: 0, connection, direction, bytes: Buffer.from(handshake[direction]) });
  const payload = Buffer.alloc(size, 'a');
  const length = size < 126 ? [size] : [126, size >> 8, size & 0xff];
  const down = Buffer.concat([Buffer.from([0x81, ...length]), payload]);
  // A mask of zeros leaves the payload as it is.
  const up = Buffer.concat([
    Buffer.from([0x81, 0x80 | (length[0] ?? 0), ...length.slice(1), 0, 0, 0, 0]),
    payload,
  ]);
  for (let message = 0; message < messages; message++) {
    const [connection, isUp] = [Math.floor(message / 2) % connections, message % 2 === 0];
    trial.add({
      ...{ at: message * 10_000, connection },
      ...(isUp ? ({ direction: 'up', bytes: up } as const) : ({ direction: 'down', bytes: down } as const)),
    });
  }
  trial.end();
  closeSync(file);
}
