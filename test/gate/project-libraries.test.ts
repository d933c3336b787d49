/** Which libraries are measured: those of the given folder, or ours if it has none that can be used. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { gateLibraries } from '../../src/gate/project-libraries.ts';
import { spoken } from '../support/spoken.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-project-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ours = createRequire(import.meta.url);
const baseline = fileURLToPath(new URL('../../reports/baseline.json', import.meta.url));

/** A project with a library that does something of its own. */
function project(name: string, libraries: Record<string, { version: string; program: string }>): string {
  const root = join(folder, name);
  for (const [library, { version, program }] of Object.entries(libraries)) {
    const path = join(root, 'node_modules', library);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name: library, version, main: 'index.js' }));
    writeFileSync(join(path, 'index.js'), program);
  }
  return root;
}

/** ws, whose client says one header more. */
const chatty = `
const { WebSocket, WebSocketServer } = require(${JSON.stringify(ours.resolve('ws'))});
class Chatty extends WebSocket {
  constructor(address, options) {
    super(address, { ...options, headers: { ...options.headers, 'x-added': 'yes' } });
  }
}
module.exports = { ...require(${JSON.stringify(ours.resolve('ws'))}), WebSocket: Chatty, WebSocketServer };`;

test('what the folder has is weighed, and said; what it lacks, or has too old, is ours', () => {
  const root = project('some', {
    ws: { version: '8.18.3', program: chatty },
    undici: { version: '6.21.0', program: 'module.exports = {}' },
  });
  const { environment } = gateLibraries(root);
  expect(environment.dependencies.ws).toBe('8.18.3');
  expect(environment.origins).toMatchObject({
    ws: 'project',
    undici: 'too-old',
    'socket.io': 'not-there',
    'engine.io-client': 'not-there',
  });
  expect(environment.tooOld).toEqual({ undici: '6.21.0' });
  const own = gateLibraries(fileURLToPath(new URL('../..', import.meta.url))).environment;
  expect(own).not.toHaveProperty('tooOld');
  expect(environment.dependencies.undici).toBe(ours('undici/package.json').version);
});

test('every library of a folder that has them all can be spoken through: its own, of this repository', async () => {
  const here = fileURLToPath(new URL('../..', import.meta.url));
  const { environment, libraries, serverLibraries } = gateLibraries(here);
  expect(new Set(Object.values(environment.origins!))).toEqual(new Set(['project']));
  const [{ WebSocket, WebSocketServer }, { Server }] = [
    await serverLibraries('ws'),
    await serverLibraries('socket.io'),
  ];
  const [{ io }, { Client }] = [await libraries('socket.io-client'), await libraries('undici')];
  const { createParser } = await libraries('eventsource-parser');
  for (const one of [WebSocket, WebSocketServer, Server, io, Client, createParser])
    expect(one).toBeTypeOf('function');
});

test('server and client of two folders: each with its own', () => {
  const [old, young] = ['8.16.0', '8.18.3'].map((version) =>
    project(version, { ws: { version, program: chatty } }),
  );
  const { dependencies } = gateLibraries(young!, old).environment;
  expect([dependencies.ws, dependencies['ws (server)']]).toEqual(['8.18.3', '8.16.0']);
});

test('check sees what the library of the folder does: exit 1, its header, and whose it was', async () => {
  const root = project('chatty', {
    ws: { version: '8.99.0', program: chatty },
    'socket.io': { version: '3.1.2', program: 'module.exports = {}' },
  });
  const args = ['check', '--baseline', baseline, '--libraries', root, '--quiet'];
  const { code, stdout, stderr } = await spoken(args, { env: { GITHUB_ACTIONS: 'true' } });
  expect(code).toBe(1);
  // All have one cause, which is reported once; over HTTP/2 the library makes no request of its own.
  expect(stderr).toBe(
    '::error title=Heavier than the baseline::ws, ws:reconnect, ws over https, ws:reconnect over https: +14 B per set-up up: new header `x-added: yes`\n',
  );
  const flat = stdout.replace(/\s+/g, ' ');
  expect(flat).toContain(
    'ws, ws:reconnect, ws over https, ws:reconnect over https: +14 B per set-up up: new header `x-added: yes`',
  );
  expect(flat).toMatch(
    /Weighed with Node [\d.]+: ws 8\.99\.0 of this folder; .*of rtcompare, as the folder has none/,
  );
  expect(flat).toMatch(/as what the folder has \(socket\.io 3\.1\.2\) is too old to be spoken through/);
  expect(flat).toContain('ws 8.23.0 → 8.99.0');
}, 60_000);

test('what cannot be spoken through is a result: named with its reason, exit 1, and the others are weighed', async () => {
  const mute =
    'module.exports = { WebSocket: class { constructor() { throw new Error("not today"); } }, WebSocketServer: class {} };';
  const root = project('mute', { ws: { version: '8.99.0', program: mute } });
  const { code, stdout } = await spoken([
    'check',
    '--baseline',
    baseline,
    '--libraries',
    root,
    '--quiet',
    '--json',
  ]);
  expect(code).toBe(1);
  const { compared, missing, notCompared } = JSON.parse(stdout);
  expect(missing).toEqual([]);
  expect(notCompared.map(({ name }: { name: string }) => name)).toEqual(
    ['', ' over https', ' over h2'].flatMap((over) => [`ws${over}`, `ws:reconnect${over}`]),
  );
  expect(notCompared[0].text).toMatch(/^ws: not compared \(cannot connect now: .+\)$/);
  expect(compared).toBeGreaterThan(8);
}, 60_000);

test('a folder that is not there, and times of other libraries: exit 2 and one clear line', async () => {
  const nowhere = await spoken(['check', '--baseline', baseline, '--libraries', join(folder, 'nowhere')]);
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('there is no such folder')]);
  const root = project('timed', { ws: { version: '8.18.3', program: chatty } });
  const timed = await spoken([
    'check',
    '--update',
    '--baseline',
    join(folder, 'b.json'),
    '--timings',
    '--libraries',
    root,
  ]);
  expect([timed.code, timed.stderr]).toEqual([2, expect.stringContaining('ws 8.18.3 of this folder differ')]);
});
