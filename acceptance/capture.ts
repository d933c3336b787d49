/**
 * Captures read back: the packets of a run give the run's own ledger, byte for byte; tshark counts the same requests
 * and frames; reading costs less than tshark's, compressed messages included; a capture of 1 GB takes no more memory
 * than one of 10 MB.
 *
 * The run has a network namespace of its own, so that no other program's packets are in the capture.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inspection } from '../src/document/inspection.ts';
import type { Report } from '../src/document/report.ts';
import { costsOf, told } from './capture/cost.ts';
import { writeDeflated, writeMessages } from './capture/made-captures.ts';
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
    await longCapture(folder, say);
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

/** A reader of captures cannot know what plain TCP carries: such connections are left out, with all their bytes. */
const isNamed = ({ transport }: Report['trials'][number]) => transport !== 'tcp';

const inspected = async (...args: string[]): Promise<Inspection> => {
  const { code, stdout, stderr } = await rtcompare('inspect', ...args, '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

/** Trials come first in the capture; the probes for the documents' tables, which follow, are in no ledger. */
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
  // tshark needs its heuristics, because each server has a port of its own.
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

/** Options of tshark: to count the packets, and to print the contents of messages. */
const asked = ['-q -z io,stat,0', '-T fields -e websocket.payload'] as const;

async function costs(folder: string, say: Say) {
  const ours = (file: string) => `${process.execPath} ${cli} inspect ${file}`;
  const [plain, deflated] = [join(folder, 'messages.pcap'), join(folder, 'deflated.pcap')];
  writeMessages(plain, 100_000, 64);
  await writeDeflated(deflated, 100_000);
  for (const [what, file, least] of [
    ['100,000 ws messages', plain, 3],
    ['100,000 ws messages under permessage-deflate', deflated, 1],
  ] as const) {
    if (!has('tshark', '--version')) {
      const { here } = await costsOf({ here: ours(file) });
      console.log(`${what}: ${told(here)}; not tried: tshark`);
      continue;
    }
    const [few, all] = asked;
    const cost = await costsOf({
      here: ours(file),
      [few]: `tshark -r ${file} ${few}`,
      [all]: `tshark -r ${file} ${all}`,
    });
    console.log(`${what} here: ${told(cost.here)}`);
    // Each of tshark's runs is compared alone with ours: a user who wants one of its answers runs only that.
    for (const options of asked) {
      const there = cost[options];
      const [cpu, memory] = [there.cpuSeconds / cost.here.cpuSeconds, there.peakMb / cost.here.peakMb];
      say(cpu >= least, `CPU: tshark ${options} ${told(there)}, ${cpu.toFixed(1)} × ours`);
      say(memory >= 2, `memory: tshark ${memory.toFixed(1)} × ours`);
    }
  }
}

const longBytes = 1e9;

/** The same packets repeated, with consecutive sequence numbers. */
async function longCapture(folder: string, say: Say) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < 2 * longBytes) return console.log('not tried: a capture of 1 GB, for want of room');
  const [short, long] = [join(folder, 'short.pcap'), join(folder, 'long.pcap')];
  writeMessages(short, 9_000, 1000);
  writeMessages(long, Math.ceil(longBytes / (statSync(short).size / 9_000)), 1000);
  const { few, many } = await costsOf({
    few: `${process.execPath} ${cli} inspect ${short}`,
    many: `${process.execPath} ${cli} inspect ${long}`,
  });
  const megabytes = (file: string) => (statSync(file).size / 1e6).toFixed(0);
  say(
    many.peakMb <= 1.3 * few.peakMb,
    `${megabytes(short)} MB: ${told(few)}; ${megabytes(long)} MB: ${told(many)}, ${(many.peakMb / few.peakMb).toFixed(2)} × the memory`,
  );
}
