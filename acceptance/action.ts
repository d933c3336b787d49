/**
 * The Action from its first step to its last, in the workspace of another project: installed from a release's
 * tarball, and built from source without one; with the job's Node, and with a Node of its own that the job's other
 * steps do not see.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../packaging/pack.ts';
import { job, root } from '../test/support/steps.ts';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

interface Way {
  readonly name: string;
  /** The part of the workflow's `uses` after the `@`. */
  readonly ref: string;
  readonly node?: string;
  readonly asked: number;
  readonly says: string;
}

const ways: readonly Way[] = [
  { name: 'release', ref: `v${version}`, asked: 1, says: 'as attached to its release' },
  { name: 'release, Node 24', ref: `v${version}`, node: '24', asked: 1, says: 'as attached to its release' },
  { name: 'release without a package', ref: `v${version}`, asked: 0, says: `built from v${version}` },
  { name: 'commit', ref: 'c0ffee', asked: 0, says: 'built from c0ffee' },
];

export async function action(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-release-'));
  let held = true;
  try {
    const tarball = readFileSync(pack(folder));
    for (const way of ways) {
      const wrong = await tryIt(way, tarball);
      held &&= wrong.length === 0;
      console.log(`${way.name}: ${wrong.length === 0 ? 'holds' : `FALLS SHORT: ${wrong.join('; ')}`}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return held;
}

async function tryIt({ ref, node, asked, says }: Way, tarball: Buffer): Promise<string[]> {
  const path = `/somebody/rtcompare/releases/download/v${version}/rtcompare-${version}.tgz`;
  const requests: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    if (url === path && asked > 0) response.end(tarball);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  using made = job({
    inputs: node === undefined ? {} : { 'node-version': node },
    github: { action_repository: 'somebody/rtcompare', action_ref: ref },
    env: { GITHUB_SERVER_URL: `http://127.0.0.1:${port}` },
  });
  try {
    mkdirSync(join(made.workspace, 'reports'));
    copyFileSync(join(root, 'reports/baseline.json'), join(made.workspace, 'reports/baseline.json'));
    const ran = [await made.run('ask'), await made.run('install'), await made.run('check')];
    const [ask, install, check] = ran as [(typeof ran)[0], (typeof ran)[0], (typeof ran)[0]];
    const place = ask.outputs.place ?? '';
    const report = made.outputs().report ?? '';
    const own = join(place, 'node/node_modules/node/bin/node');
    const held: Readonly<Record<string, boolean>> = {
      [`exit codes ${ran.map(({ code }) => code)}: ${install.stderr}${check.stderr}`]: ran.every(
        ({ code }) => code === 0,
      ),
      [`"${says}" is not said`]: install.stdout.includes(says),
      [`asked for ${requests}`]: requests.filter((one) => one === path).length >= asked,
      'no report': existsSync(join(report, 'rtcompare-check.json')),
      'development packages are installed': !existsSync(
        join(place, 'node_modules/rtcompare/node_modules/typescript'),
      ),
      'later steps have another environment': ran.every(({ leaves }) => leaves === ''),
      'another Node weighed': node === undefined || versionOf(own).startsWith(`v${node}.`),
    };
    return Object.entries(held).flatMap(([told, holds]) => (holds ? [] : [told]));
  } finally {
    server.close();
  }
}

const versionOf = (program: string): string =>
  existsSync(program) ? execFileSync(program, ['--version'], { encoding: 'utf8' }) : '';
