/**
 * Every transport over every protocol, on each supported major version of Node: each trial balances with the sockets'
 * own counters, nothing is unparsed, and no exact law differs; with either kind of certificate.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../src/document/report.ts';
import { asOutside, tally } from './command.ts';

const majors = [20, 22, 24, 26];
const certificates = ['rsa', 'ecdsa'] as const;
const load = ['--transport', 'all', '--over', 'http,https,h2,h2c', '--clients', '2', '--messages', '10'];

export async function over(): Promise<boolean> {
  const { say, held } = tally();
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-over-'));
  try {
    for (const major of majors) {
      const node = installed(folder, major);
      for (const certificate of certificates) look(node, certificate, say);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return held();
}

/** Installs Node from npm's package `node`; returns its path. */
function installed(folder: string, major: number): string {
  const prefix = join(folder, String(major));
  execFileSync('npm', ['install', '--silent', '--prefix', prefix, `node@${major}`], { env: asOutside });
  return join(prefix, 'node_modules', 'node', 'bin', 'node');
}

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

function look(node: string, certificate: string, say: (holds: boolean, line: string) => void) {
  const started = performance.now();
  const { stdout, stderr } = spawnSync(
    node,
    [cli, 'run', ...load, '--certificate', certificate, '--json', '--quiet'],
    { encoding: 'utf8', maxBuffer: 2 ** 28, env: asOutside },
  );
  if (stdout === '') return say(false, `${node}: ${stderr.trim()}`);
  const { trials, environment } = JSON.parse(stdout) as Report;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const bad = trials.flatMap(({ transport, scenario, over, wire, notes, predictions }) => {
    const unparsed = wire.layers.filter(({ layer }) => layer === 'unparsed').length;
    const off = notes.filter(({ kind }) => kind === 'unbalanced').map(({ value }) => String(value));
    const differing = predictions.filter(
      ({ verdict, tolerance }) => verdict === 'differs' && tolerance === 0,
    );
    const wrong = [
      ...(unparsed > 0 ? ['unread bytes'] : []),
      ...(wire.up + wire.down === wire.socketBytes ? [] : ['not what the sockets counted']),
      ...off,
      ...differing.map(({ law, predicted, measured }) => `${law} says ${predicted}, measured ${measured}`),
    ];
    return wrong.length > 0 ? [`${transport} ${scenario} over ${over}: ${wrong.join('; ')}`] : [];
  });
  const bytes = trials.reduce((sum, { wire }) => sum + wire.socketBytes, 0);
  const openssl = spawnSync(node, ['-p', 'process.versions.openssl'], { encoding: 'utf8' }).stdout.trim();
  say(
    bad.length === 0,
    `Node ${environment.node}, OpenSSL ${openssl}, ${certificate}: ${trials.length} trials, ${bytes} B in ${seconds} s${bad.map((line) => `\n  ${line}`).join('')}`,
  );
}
