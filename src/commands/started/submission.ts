/** What is to be graded: one server, or a folder with one for each student. Checked before anything starts. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UsageError } from '../../base/failure.ts';
import { isWindows } from '../../base/platform.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import { type Origin, parseTarget } from '../../inspection/inspected-origin.ts';
import { asUrl } from '../inspecting/inspecting.ts';

export interface Submission {
  /** Its name in the table. */
  readonly name: string;
  /** A line for the shell, or a program and its arguments; null if it runs already. */
  readonly start: string | readonly string[] | null;
  /** Where it runs. */
  readonly folder: string;
  /** Where it listens; null if we choose the port and pass it as PORT. */
  readonly target: Origin | null;
}

/** A submission that we do not know how to start. */
export interface Unreadable {
  readonly name: string;
  readonly start: undefined;
}

export interface Class {
  readonly folder: string;
  readonly submissions: readonly (Submission | Unreadable)[];
}

interface Asked {
  readonly target: string | undefined;
  readonly start: string | undefined;
  readonly port: number | undefined;
}

const problems = {
  missing: text(
    '{path}: there is no such file, folder or URL; name a server such as server.js, a folder of them, or http://127.0.0.1:3000',
    '{path}: 그런 파일, 폴더, URL이 없습니다. server.js 같은 서버, 서버들이 든 폴더, 또는 http://127.0.0.1:3000을 적어야 합니다',
  ),
  elsewhere: text(
    '{url} is not on this machine; grade only takes servers at 127.0.0.1, localhost or [::1], because it also sends what breaks servers',
    '{url}: 이 컴퓨터의 주소가 아닙니다. grade는 서버를 망가뜨릴 수 있는 것도 보내므로 127.0.0.1, localhost, [::1]의 서버만 받습니다',
  ),
  language: text(
    '{path}: how is it started? Add --start, such as --start "java Server"',
    '{path}: 어떻게 시작합니까? --start "java Server"처럼 --start를 더해야 합니다',
  ),
  empty: text(
    '{path} holds no server: a file such as kim.js or lee.py, or a folder with a server.js in it; otherwise add --start',
    '{path}: 서버가 없습니다. kim.js나 lee.py 같은 파일, 또는 server.js가 든 폴더가 있어야 합니다. 아니면 --start를 더하십시오',
  ),
  sealed: text(
    '{url} speaks TLS, and a grade needs to read what is said; start the server without TLS and name http://',
    '{url}은(는) TLS로 통신하므로 검사에 필요한 내용을 읽을 수 없습니다. TLS 없이 서버를 띄우고 http://로 적어야 합니다',
  ),
  nothing: text(
    'nothing to grade; name a server such as server.js, a folder, or a URL such as http://127.0.0.1:3000',
    '검사할 것이 없습니다. server.js 같은 서버, 폴더, 또는 http://127.0.0.1:3000 같은 URL을 적어야 합니다',
  ),
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Throws `UsageError`. */
export function whatIsGraded({ target: typed, start, port }: Asked): Submission | Class {
  const there = typed !== undefined && existsSync(typed);
  if (typed !== undefined && !there) {
    const url = asUrl(typed);
    if (!/^\w+:\/\//.test(url)) throw new UsageError(inEveryLanguage(problems.missing, { path: typed }));
    const origin = parseTarget(url);
    if (origin.isSealed) throw new UsageError(inEveryLanguage(problems.sealed, { url: origin.url }));
    return running(origin, start);
  }
  const target = port === undefined ? null : parseTarget(`http://localhost:${port}`);
  if (typed === undefined) {
    if (start === undefined) throw new UsageError(problems.nothing);
    return { name: start, start, folder: process.cwd(), target };
  }
  const path = resolve(typed);
  if (!statSync(path).isDirectory()) return ofFile(path, typed, start, target);
  const own = serverIn(path);
  if (own !== undefined) return ofFile(join(path, own), join(typed, own), start, target);
  return classIn(path, typed, start, target);
}

function running(target: Origin, start: string | undefined): Submission {
  if (!isLoopback(target.host))
    throw new UsageError(inEveryLanguage(problems.elsewhere, { url: target.url }));
  return { name: target.url, start: start ?? null, folder: process.cwd(), target };
}

const python = isWindows() ? 'python' : 'python3';

/** How a file is started, by its extension. */
function starterOf(path: string): readonly string[] | undefined {
  if (/\.[cm]?[jt]s$/.test(path)) return [process.execPath, path];
  return extname(path) === '.py' ? [python, path] : undefined;
}

function ofFile(path: string, typed: string, start: string | undefined, target: Origin | null): Submission {
  const command = start ?? starterOf(path);
  if (command === undefined) throw new UsageError(inEveryLanguage(problems.language, { path: typed }));
  return { name: typed, start: command, folder: dirname(path), target };
}

/** File names of servers, the likeliest first. */
const serverNames = ['server', 'index', 'app', 'main'].flatMap((name) =>
  ['.js', '.mjs', '.cjs', '.ts', '.py'].map((ending) => name + ending),
);

const serverIn = (folder: string): string | undefined =>
  serverNames.find((name) => existsSync(join(folder, name)));

/** Each file or folder is a student's submission. */
function classIn(path: string, typed: string, start: string | undefined, target: Origin | null): Class {
  const entries = readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => a.name.localeCompare(b.name));
  const submissions = entries.flatMap((entry): (Submission | Unreadable)[] => {
    const place = join(path, entry.name);
    if (!entry.isDirectory()) {
      const command = starterOf(entry.name);
      return command ? [{ name: entry.name, start: [command[0] ?? '', place], folder: path, target }] : [];
    }
    const file = serverIn(place);
    const command = start ?? (file === undefined ? undefined : starterOf(join(place, file)));
    if (command === undefined) return [{ name: entry.name, start: undefined }];
    return [{ name: entry.name, start: command, folder: place, target }];
  });
  if (!submissions.some((one) => one.start !== undefined)) {
    // We know how to start none of its files, but --start says how: the folder is one server.
    if (start !== undefined) {
      const alone: Submission = { name: basename(path), start, folder: path, target };
      return { folder: typed, submissions: [alone] };
    }
    throw new UsageError(inEveryLanguage(problems.empty, { path: typed }));
  }
  return { folder: typed, submissions };
}
