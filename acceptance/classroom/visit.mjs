/** Loads the page of `rtcompare demo` as a browser would: the page and all files that it names. Then sends Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const child = spawn('rtcompare', ['demo'], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = once(child, 'close');
let said = '';
for await (const text of child.stdout.setEncoding('utf8')) {
  said += text;
  if (/Ctrl-C/.test(said)) break;
}
const [url] = /http:\S+/.exec(said);
const page = await (await fetch(url)).text();
const parts = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
for (const path of parts) {
  const { status } = await fetch(new URL(path, url));
  if (status !== 200) throw new Error(`${path}: ${status}`);
}
child.kill('SIGINT');
const [code] = await ended;
console.log(`the page and ${parts.length} parts of it came, exit code ${code}`);
process.exitCode = parts.length > 2 && code === 130 ? 0 : 1;
