/**
 * The child process that keeps a browser. It notices when its parent is gone, also where that was killed, and takes the
 * browser with it: process group and profile.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obeyParent } from '../base/child/inside.ts';
import { type Watched, watched } from '../network/proxies/watched-program.ts';
import type { BrowserCommand, BrowserStart, BrowserStarted } from './browser-command.ts';
import { keyLogIn, profileIn } from './browser-folder.ts';
import type { Engine } from './engine.ts';
import { engines } from './engines/index.ts';

let browser: Watched | undefined;
let stopping = false;

process.on('exit', () => browser?.endNow());

async function start({ name, path, url, trusted }: BrowserStart): Promise<BrowserStarted> {
  const engine: Engine = engines[name];
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'rtcompare-browser-')));
  const folder = profileIn(place);
  mkdirSync(folder);
  const started = { folder, url, trusted, keyLogFile: keyLogIn(place) };
  for (const [file, content] of Object.entries(engine.profile(started)))
    writeFileSync(join(folder, file), content);
  const environment = {
    // What it keeps for its user would stay behind in that user's own folder.
    HOME: place,
    TMPDIR: place,
    SSLKEYLOGFILE: started.keyLogFile,
    ...engine.environment(started),
  };
  const words = Object.entries(environment).map(([variable, value]) => `${variable}=${value}`);
  const child = spawn('env', [...words, ...(engine.launcher ?? []), path, ...engine.args(started)], {
    cwd: place,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  browser = watched(child, place);
  browser.ended.then(endedBefore);
  await engine.afterStart?.(started);
  return { pid: browser.pid, folder: place };
}

/** Nothing can be measured without it: this process ends with its words. */
function endedBefore(words: string) {
  if (stopping) return;
  process.stderr.write(`${words}\n`, () => process.kill(process.pid, 'SIGTERM'));
}

obeyParent<BrowserCommand>(async (command) => {
  if (command.type === 'start') return start(command.options);
  stopping = true;
  return browser?.stop();
});
