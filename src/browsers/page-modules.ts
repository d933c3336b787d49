/** The files that a client's page loads: a fixed map from path to bytes, filled once. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface PageModule {
  readonly type: string;
  readonly bytes: Buffer;
}

const script = 'text/javascript; charset=utf-8';
const html = 'text/html; charset=utf-8';

/** The output of `tsc` for `src/`, used even when the sources themselves run, as in tests. */
const built = fileURLToPath(new URL('../../dist', import.meta.url));

/** The folders from which a page may load files, and the endings of these files. */
const modules = [
  ['browsers/page', '.js'],
  ['browsers', 'page-talk.js'],
  ['transports', '.page.js'],
  ['protocols', 'endpoints.js'],
] as const;

/** The same page without cross-origin isolation: its clock is as coarse as that of most pages. */
export const plainPath = '/plain';

/** Loads the Socket.IO client, which page lanes find as the global `io`. */
const pageHtml = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>rtcompare</title><link rel="icon" href="data:,">
<script src="/socket.io.js"></script>
<script type="module" src="/browsers/page/speaking-page.js"></script></html>
`;

export function pageModules(): ReadonlyMap<string, PageModule> {
  const files = new Map<string, PageModule>();
  const add = (path: string, type: string, content: string | Buffer) =>
    void files.set(path, { type, bytes: Buffer.from(content) });
  const socketIo = dirname(createRequire(import.meta.url).resolve('socket.io-client/package.json'));
  add('/', html, pageHtml);
  add(plainPath, html, pageHtml);
  add('/socket.io.js', script, readFileSync(join(socketIo, 'dist/socket.io.min.js')));
  for (const [folder, ending] of modules) {
    for (const name of readdirSync(join(built, folder)).filter((file) => file.endsWith(ending)))
      add(`/${folder}/${name}`, script, readFileSync(join(built, folder, name)));
  }
  return files;
}
