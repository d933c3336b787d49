/**
 * The last step of the build: what a process loads is joined into few files. Node takes about half a millisecond to find,
 * read and link a module, and a run has some five hundred. `dist/` keeps every module where `tsc` put it, because pages load
 * some, and others are read as text; only the files at which a process begins are replaced, by a line that leads to `joined/`.
 */
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const joined = join(dist, 'joined');

// Their names change with what is in them: those of the build before would stay.
rmSync(joined, { recursive: true, force: true });

/** The program, the library, and every process that the program starts. */
const beginnings = [
  ...['cli.js', 'index.js'],
  ...readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('host.js')),
];

const asPath = (from: string, to: string) => relative(from, to).split(sep).join('/');

/** `tsc` writes a call around the name of a module that is computed. */
const computedImport = /import\(__rewriteRelativeImportExtension\((`[^`]*)\.ts`\)\)/g;

/** A module that looks for files beside itself finds them where it was; and of a computed name, all that may be meant are joined. */
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

/** From Node 22.1 on what V8 makes of the code is kept from one start to the next. */
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
