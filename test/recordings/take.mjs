/**
 * `node take.mjs SCRIPT NAME FILE`, in the folder where the packages are installed: makes one recording and writes its
 * fixture. The first line says what was recorded, and what the libraries counted; the others are the chunks.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createStage } from './stage.mjs';

const [, , script, name, file] = process.argv;
const require = createRequire(import.meta.url);

/**
 * What the `ws` library hands over on either side, as a second witness: messages and pings that its receivers found.
 * Packages bring copies of it, and each of them is watched.
 */
function watchWebSockets() {
  const seen = { messages: { up: 0, down: 0 }, pings: { up: 0, down: 0 } };
  const installed = existsSync('node_modules') ? readdirSync('node_modules', { recursive: true }) : [];
  const copies = installed
    .map(String)
    .filter((path) => path === join('ws') || path.endsWith(join('node_modules', 'ws')))
    .map((path) => join(process.cwd(), 'node_modules', path, 'lib', 'websocket.js'))
    .filter((path) => existsSync(path));
  for (const copy of copies) {
    const { prototype } = require(copy);
    const emit = prototype.emit;
    prototype.emit = function (event, ...args) {
      const kind = { message: seen.messages, ping: seen.pings }[event];
      if (kind) kind[this._isServer ? 'up' : 'down']++;
      return emit.call(this, event, ...args);
    };
  }
  return seen;
}

const webSocket = watchWebSockets();
const stage = createStage();
const { packages, recordings } = await import(`./record/${script}.mjs`);
process.on('unhandledRejection', (reason) => {
  console.error(`${name}: `, reason);
  process.exit(1);
});
const told = await recordings[name](stage);
await stage.end();

const { library, stream, byHand = false, notes = '', versions = packages, ...more } = told;
const { sent, received, pings } = stage.count;
const header = {
  library,
  versions: { node: process.versions.node, ...versions },
  date: new Date().toISOString().slice(0, 10),
  ...(byHand && { byHand }),
  stream,
  sent,
  received,
  pings,
  ...(webSocket.messages.up + webSocket.messages.down > 0 && { webSocket }),
  ...more,
  notes,
};
const lines = [header, ...stage.chunks].map((line) => `${JSON.stringify(line)}\n`);
writeFileSync(file, lines.join(''));
const bytes = stage.chunks.reduce((sum, chunk) => sum + Buffer.from(chunk.bytes, 'base64').length, 0);
console.log(
  `${name}: ${stage.chunks.length} chunks, ${bytes} B, sent ${sent}, received ${received}, pings ${JSON.stringify(pings)}`,
);
process.exit(0);
