/** What Bun and Deno have in common as engines: a client is a process that runs the same code as a client's page. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartedWith } from '../engine.ts';

/** The output of `tsc`, used even when the sources themselves run, as in tests. */
const script = fileURLToPath(new URL('../../../dist/browsers/page/speaking-process.js', import.meta.url));
const trustedFile = 'trusted.pem';

/** @param before the runtime's arguments before the file. */
export const startedBy =
  (...before: readonly string[]) =>
  ({ url }: StartedWith): readonly string[] => [...before, script, url, ...before];

export const trustInFile = ({ trusted }: StartedWith): Readonly<Record<string, string>> =>
  trusted.length > 0 ? { [trustedFile]: trusted.join('\n') } : {};

/** @param variable the environment variable that names the file of trusted certificates. */
export const trustedBy =
  (variable: string) =>
  ({ folder, trusted }: StartedWith): Readonly<Record<string, string>> =>
    trusted.length > 0 ? { [variable]: join(folder, trustedFile) } : {};
