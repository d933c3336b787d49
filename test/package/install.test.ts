/**
 * The package as a user gets it: packed, installed by npm into an empty folder, and run from there, without the
 * repository and without a network. The lock file is ours, so that npm takes everything from its cache.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../packaging/address.ts';
import { pack } from '../../packaging/pack.ts';
import { pageModules } from '../../src/browsers/page-modules.ts';
import { pageFiles } from '../../src/classroom/site/page-files.ts';
import { smallLoad, unlessTooBusy } from '../support/cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'rtcompare-installed-'));
const installed = join(folder, 'node_modules', 'rtcompare');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The packages of our lock file that a user gets as well, and the tarball. */
function lockFor(tarball: string) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const needed = Object.entries(lock.packages as Record<string, { dev?: boolean }>).filter(
    ([path, { dev }]) => path !== '' && !dev,
  );
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  const { version, dependencies, bin, engines } = manifest;
  const wanted = { rtcompare: `file:${tarball}` };
  return {
    name: 'empty',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'empty', dependencies: wanted },
      'node_modules/rtcompare': {
        version,
        resolved: `file:${tarball}`,
        integrity,
        dependencies,
        bin,
        engines,
      },
      ...Object.fromEntries(needed),
    },
  };
}

beforeAll(() => {
  const tarball = pack(folder);
  const { packages } = lockFor(tarball);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(packages['']));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockFor(tarball)));
  execFileSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--silent'], { cwd: folder });
}, 120_000);

/** As `npx` finds it, with a guard against every address but loopback, in child processes too. */
const bin = join(folder, 'node_modules', '.bin', 'rtcompare');
const guarded = {
  ...process.env,
  NODE_OPTIONS: `--import ${new URL('no-network.mjs', import.meta.url).href}`,
  ...smallLoad,
  RTCOMPARE_LANG: 'en',
};
function rtcompare(...args: string[]) {
  const { status, ...outcome } = spawnSync(bin, args, { cwd: folder, encoding: 'utf8', env: guarded });
  return { code: status, ...outcome };
}

test('the main job runs from the installed package, without a network', { timeout: 90_000 }, async () => {
  const run = async () => rtcompare('run', '--transport', 'all', '--quiet');
  const { code, stdout, stderr } = await unlessTooBusy(run);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('Table A: HTTP vs WebSocket');
  expect(stdout).toContain('predictions hold.');
});

test('the programs of docs/library.md compile strictly there, with the types that npm brought along', () => {
  const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
  const programs = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program = '']) => program);
  const names = programs.map((program, index) => {
    writeFileSync(join(folder, `${index}.mts`), program);
    return `${index}.mts`;
  });
  expect(names.length).toBeGreaterThan(3);
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext'];
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, ...strict, '--target', 'es2023', '--types', 'node', ...names],
    { cwd: folder, encoding: 'utf8' },
  );
  expect([status, stdout]).toEqual([0, '']);
}, 60_000);

/** The fences of a page in one language, below a heading, with a port that is free here. */
function fences(page: string, heading: string, language: string, port: number): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(
    ([, text = '']) => text.replaceAll('3000', String(port)),
  );
}

/** A line of the page, as a person types it, or as a job runs it. */
function typed(line: string, more: NodeJS.ProcessEnv = {}) {
  const env = { ...guarded, CI: '', ...more };
  const { status, stdout, stderr } = spawnSync(line, { cwd: folder, encoding: 'utf8', env, shell: true });
  return { code: status, stdout, stderr };
}

const write = (name: string, program: string) => writeFileSync(join(folder, name), program);
const ciPage = readFileSync(join(root, 'docs/ci.md'), 'utf8');

test('docs/ci.md: from an empty folder to a red job, as the page says', { timeout: 60_000 }, async () => {
  const section = (language: string) =>
    fences(ciPage, 'From an empty repository to a red pull request', language, port);
  const port = await freePort();
  const [server, client, changed] = section('js');
  write('server.mjs', server!);
  write('client.mjs', client!);
  const update = section('sh')[0]!
    .split('\n')
    .find((line) => line.includes('--update'))!;
  const written = typed(update);
  expect([written.code, written.stderr], written.stdout).toEqual([0, '[ 1, 2, 3 ]\n']);
  expect(existsSync(join(folder, 'app.json'))).toBe(true);
  const [, job = ''] = /run: (npx .*)/.exec(section('yaml')[0]!)!;
  const asJob = { CI: 'true', GITHUB_ACTIONS: 'true' };
  expect(typed(job, asJob).code).toBe(0);
  write('server.mjs', changed!);
  const red = typed(job, asJob);
  expect(red.code).toBe(1);
  expect(red.stderr).toContain(`::${section('text')[0]!.trim()}\n`);
});

const streaming = `import { createServer } from 'node:http';
createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (let n = 1; n <= 3; n++) response.write(\`data: \${n}\\n\\n\`);
}).listen(PORT, '127.0.0.1');`;
const answering = `import { Server } from 'socket.io';
new Server(PORT).on('connection', (socket) => socket.on('items', (done) => done([1, 2, 3])));`;

test('docs/ci.md: clients of Server-Sent Events and Socket.IO are silent twice', {
  timeout: 60_000,
}, async () => {
  const port = await freePort();
  const clients = fences(ciPage, 'Your own application', 'js', port);
  expect(clients).toHaveLength(2);
  for (const [nth, server] of [streaming, answering].entries()) {
    write('server.mjs', server.replace('PORT', String(port)));
    write('client.mjs', clients[nth]!);
    const line = `${bin} check ${port} --inspection app-${nth}.json --start "node server.mjs"`;
    for (const update of [' --update', '']) {
      const { code, stdout, stderr } = typed(`${line}${update} -- node client.mjs`);
      expect([code, stdout], stderr).toEqual([0, expect.stringContaining('says what it said before')]);
    }
  }
});

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  await new Promise((resolve) => holder.close(resolve));
  return port;
}

test('the page for a class is served from the installed package, whole, and ends with Ctrl-C', async () => {
  const child = spawn(bin, ['demo', '--port', '0'], { cwd: folder, env: guarded });
  const ended = once(child, 'exit');
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text;
    if (/http\S+/.test(said)) break;
  }
  const url = /http\S+/.exec(said)![0];
  const page = await (await fetch(url)).text();
  const parts = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!);
  expect(parts).toEqual(expect.arrayContaining(['/classroom/page/main.js', '/uplot.js', '/socket.io.js']));
  for (const path of parts) {
    const { status } = await fetch(new URL(path, url));
    expect(status, path).toBe(200);
  }
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
});

test('the guard would have noticed', () => {
  const guard = new URL('no-network.mjs', import.meta.url).href;
  const program = "import('node:net').then(({ connect }) => connect(80, '192.0.2.1'))";
  const { status, stderr } = spawnSync(process.execPath, ['--import', guard, '-e', program], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([99, 'no-network: dialled 192.0.2.1\n']);
});

test('what is packed is what is needed: the build, the schema, the pages to read, and no tests', () => {
  const needed = [
    'dist/cli.js',
    'dist/index.d.ts',
    'schema/report-1.json',
    'README.md',
    'LICENSE',
    'docs/ci.md',
  ];
  for (const name of needed) expect(existsSync(join(installed, name)), name).toBe(true);
  for (const name of ['src', 'test', 'bench', 'docs/pictures/make.ts', 'docs/claims.json'])
    expect(existsSync(join(installed, name)), name).toBe(false);
  const { packages } = lockFor(join(folder, `rtcompare-${manifest.version}.tgz`));
  const theirs = Object.entries(packages).filter(([path]) => !['', 'node_modules/rtcompare'].includes(path));
  const said = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  expect(said).toContain(`installs ${theirs.length} packages with it`);
  expect(theirs.filter(([, one]) => (one as { hasInstallScript?: boolean }).hasInstallScript)).toEqual([]);
  // 0.95 MB are the build; pictures and pages in two languages are the rest.
  expect(statSync(join(folder, `rtcompare-${manifest.version}.tgz`)).size).toBeLessThan(1_650_000);
});

test('what pages load, and what is read as text or by another Node, is packed beside what is joined', () => {
  const loaded = [...pageFiles('en').keys(), ...pageModules().keys()].filter((path) =>
    existsSync(join(root, 'dist', path)),
  );
  expect(loaded).toEqual(
    expect.arrayContaining(['/laws/polling.js', '/transports/ws.page.js', '/browsers/page-talk.js']),
  );
  const read = ['ws', 'socket-io'].flatMap((name) => [`/servers/${name}.js`, `/transports/${name}.js`]);
  for (const path of [...loaded, ...read, '/questions/grading/lend.js'])
    expect(existsSync(join(installed, 'dist', path)), path).toBe(true);
});

test('no page of the package links to what is not in it', () => {
  const pages = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.md') && !name.startsWith('node_modules'),
  );
  expect(pages.length).toBeGreaterThan(15);
  const links = pages.flatMap((page) => {
    const prose = readFileSync(join(installed, page), 'utf8').replace(/^```[\s\S]*?^```|`[^`\n]+`/gm, '');
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target }));
  });
  const ours = links.filter(({ target }) => !/^([a-z]+:|#)/.test(target));
  expect(ours.length).toBeGreaterThan(20);
  const dead = ours.filter(
    ({ page, target }) => !existsSync(join(installed, dirname(page), target.replace(/#.*/, ''))),
  );
  expect(dead).toEqual([]);
});

test('the package says where the project lives, or, while that is nowhere, nothing', () => {
  const packed = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const address = addressOf(manifest);
  expect([packed.homepage, packed.bugs]).toEqual(
    address ? [address.homepage, { url: address.bugs }] : [undefined, undefined],
  );
  const [readme, ci] = ['README.md', 'docs/ci.md'].map((page) => readFileSync(join(installed, page), 'utf8'));
  expect(readme!.includes(address?.page('src/gate/') ?? 'src/gate/')).toBe(true);
  expect(ci!.includes(`uses: ${address?.slug ?? 'OWNER/rtcompare'}@`)).toBe(true);
});

test('publint finds nothing to complain about', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg!))).toEqual([]);
});
