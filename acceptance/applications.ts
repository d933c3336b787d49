/**
 * The gate in front of five applications: recorded again unchanged, twenty times each, it reports nothing; each of ten
 * changes ends with exit code 1 and is named with its bytes.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asOutside, rtcompare, tally } from './command.ts';

const packages = {
  express: '5.1.0',
  fastify: '5.4.0',
  'socket.io': '4.8.1',
  'socket.io-client': '4.8.1',
  undici: '7.10.0',
  ws: '8.18.3',
};
const applications = [
  'express and SSE',
  'a Socket.IO chat with rooms',
  'a ws echo with compression',
  'a fastify API with keep-alive',
  'a page that streams',
];
const plants: readonly [change: string, application: string, told: RegExp][] = [
  ['header', 'a fastify API with keep-alive', /\+19 B each: new header `x-served-by: blue`/],
  ['case', 'a page that streams', /±0 B, but it reads differently: header `Content-type: text\/html/],
  ['request', 'express and SSE', /\+\d+ B in all: GET \/api\/items 200 comes 3 times instead of 2/],
  [
    'argument',
    'a Socket.IO chat with rooms',
    /\+\d+ B each: .*payload (message|argument).* in Socket\.IO event "chat" down/,
  ],
  ['keep-alive', 'a fastify API with keep-alive', /header `connection: close`/],
  ['comment', 'express and SSE', /\+\d+ B: new, once: comment of GET \/events/],
  ['poll', 'a fastify API with keep-alive', /\+\d+ B in all: GET \/news 204 comes 11 times instead of 10/],
  ['cookie', 'a page that streams', /\+\d+ B each: header `.*theme=\*/],
  ['length', 'a page that streams', /new header `Transfer-Encoding: chunked`/i],
  ['subprotocol', 'a ws echo with compression', /new header `Sec-WebSocket-Protocol: chat`/i],
];
const port = 34_567;
const repeats = 20;

export async function inspectedApplications(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-applications-'));
  const here = fileURLToPath(new URL('applications', import.meta.url));
  cpSync(here, folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'applications', dependencies: packages }),
  );
  execFileSync('npm', ['install', '--loglevel', 'error', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: asOutside,
  });
  const { say, held } = tally();
  const check = (application: string, plant: string, ...more: string[]) => {
    const [server, client] = ['server.mjs', 'client.mjs'].map((name) => join(folder, name));
    process.env.PLANT = plant;
    return rtcompare(
      ...['check', `http://127.0.0.1:${port}`, '--inspection', baselineOf(application), ...more],
      ...['--start', `"${process.execPath}" "${server}" "${application}" ${port}`],
      ...['--', process.execPath, client ?? '', application],
    );
  };
  const baselineOf = (application: string) => join(folder, `${application}.json`);
  try {
    for (const application of applications) {
      const written = await check(application, '', '--update', '--force');
      const first = written.code === 0 ? readFileSync(baselineOf(application), 'utf8') : '';
      say(written.code === 0, `${application}: written, ${written.seconds.toFixed(1)} s ${written.stderr}`);
      let silent = 0;
      for (let nth = 0; nth < repeats; nth++) {
        const { code, stdout, stderr } = await check(application, '');
        if (code === 0 && stdout.startsWith('The application says what it said before')) silent++;
        else console.log(`${application}: exit ${code}\n${stdout}${stderr}`);
      }
      say(silent === repeats, `${application}: silent ${silent} times of ${repeats}`);
      await check(application, '', '--update', '--force');
      say(
        readFileSync(baselineOf(application), 'utf8') === first,
        `${application}: the same file when written again`,
      );
    }
    for (const [plant, application, told] of plants) {
      const { code, stdout } = await check(application, plant);
      const line = stdout
        .replace(/\n {2}/g, ' ')
        .split('\n')
        .find((one) => told.test(one));
      say(code === 1 && line !== undefined, `${plant}: exit ${code} ${line ?? `\n${stdout}`}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return held();
}
