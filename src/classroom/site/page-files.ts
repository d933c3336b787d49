/**
 * The files of the page: a fixed map from path to bytes, filled once. No path of a request is ever joined to a
 * folder, so none can lead out of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Language, languages } from '../../base/text.ts';
import { pageHtml } from './html.ts';
import { joinHtml, joinPaths } from './join-page.ts';
import { styleSheet } from './style.ts';

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const script = 'text/javascript; charset=utf-8';
const html = 'text/html; charset=utf-8';
const css = 'text/css; charset=utf-8';

/** The output of `tsc`, even when the sources themselves run, as in tests. */
const built = fileURLToPath(new URL('../../../dist', import.meta.url));
const packages = createRequire(import.meta.url);
/** The libraries that the page needs, from `node_modules`: nothing is fetched from other sites. */
const uplot = join(dirname(packages.resolve('uplot/package.json')), 'dist');
const socketIo = join(dirname(packages.resolve('socket.io-client/package.json')), 'dist');

/** The modules that a browser may load: folders, and how their files' names end. */
const modules = [
  ['classroom/page', '.js'],
  ['classroom/page/views', '.js'],
  ['classroom/page/devtools', '.js'],
  ['transports', '.page.js'],
  ['laws', '.js'],
  ['base', 'text.js'],
  ['protocols', 'endpoints.js'],
] as const;

export function pageFiles(language: Language): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  const add = (path: string, type: string, content: string | Buffer) =>
    void files.set(path, { type, bytes: Buffer.from(content) });
  add('/', html, pageHtml(language));
  for (const one of languages) add(joinPaths[one], html, joinHtml(one));
  add('/style.css', css, styleSheet);
  add('/uplot.css', css, readFileSync(join(uplot, 'uPlot.min.css')));
  add('/uplot.js', script, readFileSync(join(uplot, 'uPlot.iife.min.js')));
  add('/socket.io.js', script, readFileSync(join(socketIo, 'socket.io.min.js')));
  for (const [folder, ending] of modules) {
    for (const name of readdirSync(join(built, folder)).filter((file) => file.endsWith(ending)))
      add(`/${folder}/${name}`, script, readFileSync(join(built, folder, name)));
  }
  return files;
}
