/**
 * The default export of a program, such as a configuration file: plain data, evaluated in a thread of its own. Such a
 * program may never end, exit, or return what is no data; in its own thread that does not stop rtcompare.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterReading } from '../../base/clock.ts';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { cannotRead } from '../files/writing.ts';

const withinMs = 5000;

const program = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData).then(({ default: value }) => parentPort.postMessage({ value })).catch((error) => {
  parentPort.postMessage({ problem: String(error?.message ?? error) });
});`;

const unusable = text('cannot use {path}: {problem}', '{path} 파일을 쓸 수 없습니다: {problem}');
const nothing = text('it ended before it had exported anything', '아무것도 내보내지 않고 끝났습니다');
const endless = text('it did not end within {seconds} s', '{seconds}초 안에 끝나지 않았습니다');
const noDefault = text('it has no default export', '기본 내보내기(default export)가 없습니다');

/** Throws `UsageError` with what the program did instead of exporting data. */
export async function loadModule(path: string): Promise<unknown> {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw cannotRead(path, error as NodeJS.ErrnoException);
  }
  if (statSync(path).isDirectory()) throw cannotRead(path, { code: 'EISDIR', name: '', message: '' });
  const workerData = pathToFileURL(resolve(path)).href;
  // What the program prints must not end up in a report on stdout.
  const worker = new Worker(program, { eval: true, workerData, stdout: true });
  worker.stdout.pipe(process.stderr, { end: false });
  let callOff = () => {};
  try {
    const { value, problem } = await new Promise<{ value?: unknown; problem?: string | Text }>((settle) => {
      worker.once('message', settle);
      worker.once('error', ({ message }) => settle({ problem: message }));
      worker.once('exit', () => settle({ problem: nothing }));
      callOff = afterReading(withinMs, () =>
        settle({ problem: inEveryLanguage(endless, { seconds: String(withinMs / 1000) }) }),
      );
    });
    if (problem !== undefined) throw new UsageError(inEveryLanguage(unusable, { path, problem }));
    if (value === undefined) throw new UsageError(inEveryLanguage(unusable, { path, problem: noDefault }));
    return value;
  } finally {
    callOff();
    await worker.terminate();
  }
}
