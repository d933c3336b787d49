/** What Bun and Deno have in common as engines: a client is a process of theirs, which runs what the page of a client runs. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartedWith } from '../engine.ts';

/** What `tsc` has made of it: also where the sources themselves run, as in tests. */
const script = fileURLToPath(new URL('../../../dist/browsers/page/speaking-process.js', import.meta.url));
const trustedFile = 'trusted.pem';

/** @param before words of the runtime that stand before the file it runs. */
export const startedBy =
  (...before: readonly string[]) =>
  ({ url }: StartedWith): readonly string[] => [...before, script, url, ...before];

export const trustInFile = ({ trusted }: StartedWith): Readonly<Record<string, string>> =>
  trusted.length > 0 ? { [trustedFile]: trusted.join('\n') } : {};

/** @param variable by which the runtime is told. */
export const trustedBy =
  (variable: string) =>
  ({ folder, trusted }: StartedWith): Readonly<Record<string, string>> =>
    trusted.length > 0 ? { [variable]: join(folder, trustedFile) } : {};
