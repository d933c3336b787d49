/**
 * The child process that keeps a browser. It notices when its parent is gone, even if the parent was killed, and then
 * ends the browser's process group and removes its profile.
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
    // Files that the browser keeps for its user would otherwise stay behind in the real user's home.
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

/** Without the browser nothing can be measured: this process ends with the browser's last words. */
function endedBefore(words: string) {
  if (stopping) return;
  process.stderr.write(`${words}\n`, () => process.kill(process.pid, 'SIGTERM'));
}

obeyParent<BrowserCommand>(async (command) => {
  if (command.type === 'start') return start(command.options);
  stopping = true;
  return browser?.stop();
});
