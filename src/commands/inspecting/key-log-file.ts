/**
 * `--keylog FILE`: secrets of TLS connections, as clients log them while the inspection goes on (SSLKEYLOGFILE of
 * browsers and curl, `--tls-keylog` of Node). If a secret is missing, the lines appended since the last look are
 * read.
 */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import { createKeyLog, type KeyLog } from '../../protocols/tls/key-log.ts';
import { cannotRead, readText } from '../files/writing.ts';

const folderless = text(
  '--keylog {path}: there is no such folder; make it first, clients make only the file',
  '--keylog {path}: 그런 폴더가 없습니다. 클라이언트는 파일만 만들므로 폴더는 먼저 만들어야 합니다',
);
const noFile = text(
  '--keylog {path}: no file that can grow; name one that clients append to',
  '--keylog {path}: 늘어날 수 있는 파일이 아닙니다. 클라이언트가 덧붙이는 파일을 적어야 합니다',
);

/** The environment that makes a program log there: most read SSLKEYLOGFILE, Node has an option of its own. */
export function loggingTo(path: string): Readonly<Record<string, string>> {
  const file = resolve(path);
  const before = process.env.NODE_OPTIONS ?? '';
  return { SSLKEYLOGFILE: file, NODE_OPTIONS: `${before} --tls-keylog=${JSON.stringify(file)}`.trim() };
}

/** For a recording, which is over: the file exists and is complete. Throws `UsageError`. */
export const readKeyLog = (path: string): KeyLog => createKeyLog(readText(path));

/**
 * For a live inspection: the file need not exist yet, the first client makes it. Throws `UsageError` if no client could
 * make it, or if this process may not read it.
 */
export function followKeyLog(path: string): KeyLog {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there && !there.isDirectory() && !there.isFile())
    throw new UsageError(inEveryLanguage(noFile, { path }));
  if (!there && !statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(inEveryLanguage(folderless, { path }));
  const keyLog = createKeyLog('', true);
  const follow = followLines(path, keyLog.add);
  if (there) {
    try {
      follow();
    } catch (error) {
      throw cannotRead(path, error as NodeJS.ErrnoException);
    }
  }
  return {
    ...keyLog,
    secret(label, clientRandom) {
      const known = keyLog.secret(label, clientRandom);
      if (known) return known;
      try {
        follow();
      } catch {
        // Not there yet, or gone: the report says which bytes lack their secrets.
        return undefined;
      }
      return keyLog.secret(label, clientRandom);
    },
  };
}

/** Passes on whole lines as they are appended: half a secret would be a wrong one. */
function followLines(path: string, told: (lines: string) => void): () => void {
  let read = 0;
  let begun = '';
  return () => {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      // The file has become shorter: a client has begun it anew.
      if (size < read) [read, begun] = [0, ''];
      if (size === read) return;
      const bytes = Buffer.alloc(size - read);
      const length = readSync(file, bytes, 0, bytes.length, read);
      read += length;
      const content = begun + bytes.toString('latin1', 0, length);
      const end = content.lastIndexOf('\n') + 1;
      begun = content.slice(end);
      if (end > 0) told(content.slice(0, end));
    } finally {
      closeSync(file);
    }
  };
}
