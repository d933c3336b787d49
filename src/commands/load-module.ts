/**
 * The default export of a program, such as a configuration file: plain data, got in a thread of its own. A program can
 * do what it likes: never end, exit, return what is no data. There it harms nobody.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterReading } from '../clock.ts';
import { UsageError } from '../failure.ts';
import { cannotRead } from './files.ts';

const withinMs = 5000;

const program = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData).then(({ default: value }) => parentPort.postMessage({ value })).catch((error) => {
  parentPort.postMessage({ problem: String(error?.message ?? error) });
});`;

/** Throws `UsageError` with what the program did instead of exporting data. */
export async function loadModule(path: string): Promise<unknown> {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw cannotRead(path, error as NodeJS.ErrnoException);
  }
  if (statSync(path).isDirectory()) throw cannotRead(path, { code: 'EISDIR', name: '', message: '' });
  const workerData = pathToFileURL(resolve(path)).href;
  // What it prints must not end up in a report on stdout.
  const worker = new Worker(program, { eval: true, workerData, stdout: true });
  worker.stdout.pipe(process.stderr, { end: false });
  let callOff = () => {};
  try {
    const { value, problem } = await new Promise<{ value?: unknown; problem?: string }>((settle) => {
      worker.once('message', settle);
      worker.once('error', ({ message }) => settle({ problem: message }));
      worker.once('exit', () => settle({ problem: 'it ended before it had exported anything' }));
      callOff = afterReading(withinMs, () =>
        settle({ problem: `it did not end within ${withinMs / 1000} s` }),
      );
    });
    if (problem !== undefined) throw new UsageError(`cannot use ${path}: ${problem}`);
    if (value === undefined) throw new UsageError(`cannot use ${path}: it has no default export`);
    return value;
  } finally {
    callOff();
    await worker.terminate();
  }
}
