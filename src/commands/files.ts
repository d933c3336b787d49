/**
 * Writing files whole or not at all: under a temporary name beside the target, flushed, then renamed. Whether a
 * place can be written is found out before the run, not after it.
 */
import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotRun, UsageError } from '../failure.ts';

/** The text of a file that somebody named. Throws `UsageError` when it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`);
  }
}

/** Where a file is made before it has its name. A device or a pipe is written as it is: renaming would replace it. */
const temporary = (path: string) => (isDevice(path) ? path : `${path}.${process.pid}.tmp`);

const isDevice = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
};

function nameIt(temporaryName: string, path: string): void {
  if (temporaryName !== path) renameSync(temporaryName, path);
}

function forget(temporaryName: string, path: string): void {
  if (temporaryName !== path) rmSync(temporaryName, { force: true });
}

export function writeWhole(path: string, content: string | Buffer): void {
  const name = temporary(path);
  try {
    const file = openSync(name, 'w');
    try {
      // One call may write less than asked.
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      if (name !== path) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    nameIt(name, path);
  } catch (error) {
    forget(name, path);
    throw cannotWrite(path, error);
  }
}

const flushAt = 4 * 1024 * 1024;

/**
 * A file that grows while something runs, and has its name only once it is complete. What cannot be written is told
 * at the end: a full disk must not stop what is being recorded.
 */
export function growingFile(path: string) {
  const name = temporary(path);
  let pieces: Uint8Array[] = [];
  let held = 0;
  let failure: unknown;
  writeFileSync(name, '');
  const flush = () => {
    try {
      if (failure === undefined) appendFileSync(name, Buffer.concat(pieces));
    } catch (error) {
      failure = error;
    }
    pieces = [];
    held = 0;
  };
  return {
    add(bytes: Uint8Array) {
      pieces.push(bytes);
      held += bytes.length;
      if (held > flushAt) flush();
    },
    /** Gives the file its name. Throws `CannotRun` when a part of it could not be written. */
    finish() {
      flush();
      try {
        if (failure !== undefined) throw failure;
        nameIt(name, path);
      } catch (error) {
        throw cannotWrite(path, error);
      }
    },
    /** Leaves nothing behind unless it was finished. */
    discard: () => forget(name, path),
  };
}

/** Throws `CannotRun` unless a file can be made in this folder; makes the folder when it is missing. */
export function checkFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, `.rtcompare-${process.pid}`);
    closeSync(openSync(probe, 'w'));
    rmSync(probe);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/** The same for a single file to come. */
export const checkFile = (path: string): void => checkFolder(dirname(path));

const cannotWrite = (path: string, error: unknown) =>
  new CannotRun(`cannot write ${path}: ${(error as Error).message}; choose a folder you may write to`);
