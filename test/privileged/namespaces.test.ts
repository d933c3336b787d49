/**
 * Faults that need root: a network with eleven client ports, a disk with no room, each in a namespace of its own that is
 * gone with its process. Skipped, and said so, unless RTCOMPARE_PRIVILEGED=1.
 */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { cliFile } from '../support/cli.ts';

const isPrivileged = process.env.RTCOMPARE_PRIVILEGED === '1';
if (!isPrivileged) process.stderr.write('skipped: test/privileged needs root; set RTCOMPARE_PRIVILEGED=1\n');

/** Runs shell lines in namespaces of their own; `$RTCOMPARE` is the built command. */
const within = (namespace: string, script: string) =>
  spawnSync('unshare', [namespace, 'sh', '-ec', script], {
    encoding: 'utf8',
    env: { ...process.env, RTCOMPARE: `${process.execPath} ${cliFile}`, RTCOMPARE_LANG: 'en' },
  });

const elevenPorts = 'ip link set lo up; echo "50000 50010" > /proc/sys/net/ipv4/ip_local_port_range';

describe.skipIf(!isPrivileged)('in a namespace', () => {
  test('client ports run out: a note while there are some, then exit 3 with the remedy', () => {
    const run = '$RTCOMPARE run --scenario echo --quiet --retry-noisy 0 --messages 20 --transport';
    const some = within('-n', `${elevenPorts}; ${run} ws --clients 8`);
    expect(some.stdout).toMatch(/ws.* \(echo\): 8 connections were dialled, most of the ports/);
    const none = within('-n', `${elevenPorts}; ${run} polling --clients 20 --keep-alive off`);
    expect(none.status).toBe(3);
    expect(none.stderr).toMatch(/EADDRNOTAVAIL.*; this machine has no client port left: leave keep-alive on/);
    expect(none.stderr).not.toContain('    at ');
  });

  test('the doctor sees few ports', () => {
    const { status, stdout } = within('-n', `${elevenPorts}; $RTCOMPARE doctor --json`);
    const { checks } = JSON.parse(stdout) as { checks: { name: string }[] };
    const ports = checks.find(({ name }) => name === 'ports');
    expect(ports).toMatchObject({ found: '50000–50010 (11)', state: 'warning' });
    expect(status).toBe(0);
  });

  test('a disk that is full: the table is printed, exit 3, no partial file', () => {
    const full = 'mount -t tmpfs -o size=16k none /mnt; head -c 12000 /dev/zero > /mnt/filler';
    const run = '$RTCOMPARE run --transport ws --scenario echo --messages 3 --quiet --out /mnt';
    const { stdout, stderr } = within('-m', `${full}; ${run} || echo "exit $?"; ls -A /mnt`);
    expect(stdout).toContain('Verdict of this run');
    expect(stdout).toMatch(/exit 3\nfiller\n$/);
    expect(stderr).toMatch(/^rtcompare: cannot write \/mnt\/.*ENOSPC.*choose a folder you may write to\n$/);
  });
});
