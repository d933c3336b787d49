/**
 * The last step of the build: joins what a process loads into few files. Node takes about half a millisecond to find,
 * read and link a module, and a run has some five hundred. `dist/` keeps every module where `tsc` put it, because
 * pages load some, and others are read as text; only the entry files of processes are replaced, by a line that
 * imports from `joined/`.
 */
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const joined = join(dist, 'joined');

// File names contain a hash of the content, so files of the last build would stay.
rmSync(joined, { recursive: true, force: true });

/** The program, the library, and every process that the program starts. */
const beginnings = [
  ...['cli.js', 'index.js'],
  ...readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('host.js')),
];

const asPath = (from: string, to: string) => relative(from, to).split(sep).join('/');

/** `tsc` wraps the computed name of an import in this call. */
const computedImport = /import\(__rewriteRelativeImportExtension\((`[^`]*)\.ts`\)\)/g;

/** Lets a module find files beside its old place, and joins all modules that a computed name may mean. */
const asWhereItWas: Plugin = {
  name: 'as where it was',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.js$/ }, ({ path }) => ({
      loader: 'js',
      contents: readFileSync(path, 'utf8')
        .replace(computedImport, 'import($1.js`)')
        .replaceAll('import.meta.url', `new URL('${asPath(joined, path)}', import.meta.url).href`),
    })),
};

/** From Node 22.1 on V8's compiled code is kept from one start to the next. */
const started = (there: string) => `#!/usr/bin/env node
import module from 'node:module';
module.enableCompileCache?.();
await import('${there}');
`;

await build({
  entryPoints: beginnings.map((file) => join(dist, file)),
  outdir: joined,
  entryNames: '[name]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [asWhereItWas],
  logLevel: 'warning',
});

for (const file of beginnings) {
  const path = join(dist, file);
  const there = `./${asPath(dirname(path), join(joined, basename(file)))}`;
  writeFileSync(path, file === 'index.js' ? `export * from '${there}';\n` : started(there));
}
chmodSync(join(dist, 'cli.js'), 0o755);
