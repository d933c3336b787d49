/**
 * Writing files whole or not at all: under a temporary name beside the target, flushed, then renamed. Commands check
 * before a run whether a place can be written, not after it.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotRun, UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Phrase, text } from '../../base/text.ts';
import { decoded } from '../screen/encoding.ts';

export const wrote = text('wrote {path}', '{path} 파일을 썼습니다');

const unreadable = {
  missing: text(
    'cannot read {path}: there is no such file; look at the folder and the spelling',
    '{path}: 읽을 수 없습니다. 그런 파일이 없습니다. 폴더와 철자를 확인하십시오.',
  ),
  folder: text(
    'cannot read {path}: it is a folder; name a file in it',
    '{path}: 읽을 수 없습니다. 폴더입니다. 그 안의 파일을 지정하십시오.',
  ),
  forbidden: text(
    'cannot read {path}: you may not; change its permissions, or copy it',
    '{path}: 읽을 권한이 없습니다. 권한을 바꾸거나 파일을 복사하십시오.',
  ),
  other: text('cannot read {path}: {problem}', '{path}: 읽을 수 없습니다: {problem}'),
} as const;

const unreadableBy: Readonly<Record<string, Phrase<'path'>>> = {
  ENOENT: unreadable.missing,
  ENOTDIR: unreadable.missing,
  EISDIR: unreadable.folder,
  EACCES: unreadable.forbidden,
};

/** The error about a file that cannot be read. */
export function cannotRead(path: string, { code, message }: NodeJS.ErrnoException): UsageError {
  const known = code === undefined ? undefined : unreadableBy[code];
  return new UsageError(
    known ? inEveryLanguage(known, { path }) : inEveryLanguage(unreadable.other, { path, problem: message }),
  );
}

/** The text of a file that the user named. Throws `UsageError` when it cannot be read, or is no text. */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw cannotRead(path, error as NodeJS.ErrnoException);
  }
  return decoded(bytes, path);
}

/** The temporary name of a file. A device or a pipe keeps its own: renaming would replace it. */
const temporary = (path: string) => (isDevice(path) ? path : `${path}.${process.pid}.tmp`);

/** The status of a file; undefined if there is none, or if its path leads through something that is no folder. */
function lookAt(path: string) {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

export const isDevice = (path: string): boolean => {
  const found = lookAt(path);
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
      writeAll(file, typeof content === 'string' ? Buffer.from(content) : content);
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

/** One call may write less than asked. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

const flushAt = 4 * 1024 * 1024;

/**
 * A file that grows while something runs, and gets its name only once it is complete. A failed write is reported at
 * the end: a full disk must not stop the run that is being recorded.
 */
export function growingFile(path: string) {
  const name = temporary(path);
  // Stays open: the reader of a pipe would take a closed one for the end.
  let file: number | null = openSync(name, 'w');
  let pieces: Uint8Array[] = [];
  let held = 0;
  let failure: unknown;
  const flush = () => {
    try {
      if (failure === undefined && file !== null) writeAll(file, Buffer.concat(pieces));
    } catch (error) {
      failure = error;
    }
    pieces = [];
    held = 0;
  };
  const close = () => {
    if (file !== null) closeSync(file);
    file = null;
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
        if (file !== null && name !== path) fsyncSync(file);
        close();
        nameIt(name, path);
      } catch (error) {
        throw cannotWrite(path, error);
      }
    },
    /** Leaves nothing behind unless it was finished. */
    discard() {
      close();
      forget(name, path);
    },
  };
}

/**
 * Makes a folder and those above it that are missing. Node 20's own recursive mkdir tries for ever where a
 * file system answers that the parent is missing although it exists, as /proc does.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  mkdirSync(folder);
}

/** Throws `CannotRun` unless a file can be made in this folder; makes the folder when it is missing. */
export function checkFolder(folder: string): void {
  try {
    makeFolder(folder);
    probe(folder);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/** The same for a run that may have nothing to write in the end: folders that are missing are not made yet. */
export function checkPlace(folder: string): void {
  let there = folder;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    probe(there);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

function probe(folder: string): void {
  const file = join(folder, `.rtcompare-${process.pid}`);
  closeSync(openSync(file, 'w'));
  rmSync(file);
}

/**
 * The same for a single file to come. A device or a pipe is not checked: only writing to it shows what it takes.
 *
 * @param check how its folder is checked.
 */
export function checkFile(path: string, check: (folder: string) => void = checkFolder): void {
  if (isDevice(path)) return;
  if (lookAt(path)?.isDirectory())
    throw new CannotRun(
      inEveryLanguage(
        text(
          'cannot write {path}: it is a folder; name a file',
          '{path}에 쓸 수 없습니다: 폴더입니다. 파일 이름을 적어야 합니다',
        ),
        { path },
      ),
    );
  check(dirname(path));
}

const cannotWrite = (path: string, error: unknown) =>
  new CannotRun(
    inEveryLanguage(
      text(
        'cannot write {path}: {reason}; choose a folder you may write to',
        '{path}에 쓸 수 없습니다: {reason}. 쓸 수 있는 폴더를 골라야 합니다',
      ),
      { path, reason: (error as Error).message },
    ),
  );

/**
 * Writes the files of an exercise into a folder, and returns their paths. Throws `UsageError`, before it writes
 * anything, if one of them exists: a student may have worked on it.
 */
export function writeNew(
  files: readonly { readonly name: string; readonly content: string }[],
  folder: string,
): string[] {
  const paths = files.map(({ name }) => join(folder, name));
  const there = paths.find((path) => existsSync(path));
  if (there !== undefined) throw new UsageError(inEveryLanguage(alreadyThere, { path: there }));
  checkFolder(folder);
  for (const { name, content } of files) writeWhole(join(folder, name), content);
  return paths;
}

const alreadyThere = text(
  '--write: {path} is there already; name another folder',
  '--write: {path} 파일이 이미 있습니다. 다른 폴더를 적어야 합니다',
);
