/** The files of lesson 10: writes them for a student to work on, and tries the page that the student made of them. */

import { cpSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { UsageError } from '../../base/failure.ts';
import { installedPackage } from '../../base/installed-package.ts';
import { inEveryLanguage, type Reader, say, text } from '../../base/text.ts';
import type { LessonFile } from '../../questions/lessons/lesson.ts';
import { writeNew } from '../files/writing.ts';
import { print } from '../screen/print.ts';
import type { LessonOptions } from './lesson-options.ts';

const written = {
  wrote: text('wrote {files}', '{files} 파일을 썼습니다'),
  check: text(
    'Repair the page, then check it: `rtcompare lesson 10 --try {page}`',
    '페이지를 고친 다음 검사합니다: `rtcompare lesson 10 --try {page}`',
  ),
  run: text(
    'To see it in a browser: `node {server}`. The library ws lies beside it, in node_modules.',
    '브라우저에서 보려면: `node {server}`. ws 라이브러리는 같은 폴더의 node_modules에 있습니다.',
  ),
};

/** Never overwrites a file: it may be a student's work. */
export async function writeFiles(
  files: readonly LessonFile[],
  folder: string,
  reader: Reader,
): Promise<number> {
  const { unbroken } = await import('../../report/blocks/command-text.ts');
  const { wrap } = await import('../../report/skins/wrap.ts');
  const paths = writeNew(files, folder);
  lendLibrary('ws', folder);
  const [server = '', page = ''] = paths;
  const sentences = [
    say(reader, written.wrote, { files: paths.join(', ') }),
    say(reader, written.check, { page }),
    say(reader, written.run, { server }),
  ];
  process.stdout.write(`${sentences.flatMap((one) => wrap(unbroken(one), 80)).join('\n')}\n`);
  return 0;
}

/** Copies our own package, which has no dependencies: a class without a network cannot install one. */
function lendLibrary(name: string, folder: string): void {
  const own = installedPackage(name, createRequire(import.meta.url));
  if (own) cpSync(own.folder, join(folder, 'node_modules', name), { recursive: true });
}

/** Far above a page of this exercise, which has some 30 lines. */
const mostBytes = 256 * 1024;

const problems = {
  missing: text(
    '--try: there is no {path}; `rtcompare lesson 10 --write my-chat` writes a page to begin with',
    '--try: {path} 파일이 없습니다. `rtcompare lesson 10 --write my-chat`이 시작할 페이지를 만들어 줍니다',
  ),
  unreadable: text(
    '--try: cannot read {path} ({reason}); give yourself the right to read it',
    '--try: {path} 파일을 읽을 수 없습니다({reason}). 읽기 권한이 있어야 합니다',
  ),
  folder: text(
    '--try: {path} is a folder; name the page in it, such as {path}/page.html',
    '--try {path}: 폴더입니다. {path}/page.html처럼 그 안의 페이지를 적어야 합니다',
  ),
  large: text(
    '--try: {path} is too large ({size} kB of at most {most} kB); is it the page?',
    '--try: {path} 파일이 너무 큽니다(최대 {most} kB인데 {size} kB). 그 페이지가 맞습니까?',
  ),
  script: text(
    '--try: {path} is no page with a script of its own (<script> … </script>); `rtcompare lesson 10 --write my-chat` writes one to begin with',
    '--try: {path}에는 페이지 안의 스크립트(<script> … </script>)가 없습니다. `rtcompare lesson 10 --write my-chat`이 시작할 페이지를 만들어 줍니다',
  ),
  ids: text(
    '--try: {path} has no element with the id {ids}; the check types into input, presses send and reads list',
    '--try: {path}에 id가 {ids}인 요소가 없습니다. 검사는 input에 쓰고 send를 누르고 list를 읽습니다',
  ),
};

/** Editors on Windows also write UTF-16, which begins with a byte order mark. */
function decoded(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

function readPageFile(path: string): string {
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new UsageError(inEveryLanguage(problems.folder, { path }));
    if (found.size > mostBytes)
      throw new UsageError(
        inEveryLanguage(problems.large, {
          path,
          size: String(Math.ceil(found.size / 1024)),
          most: String(mostBytes / 1024),
        }),
      );
    return decoded(readFileSync(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(inEveryLanguage(problems.missing, { path }));
    throw new UsageError(inEveryLanguage(problems.unreadable, { path, reason: code ?? message }));
  }
}

export async function tryFile(
  path: string,
  options: LessonOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<number> {
  const { neededIds, readPage } = await import('../../questions/lessons/html-page.ts');
  const { tryPage } = await import('../../questions/lessons/try-page.ts');
  const { tryBlocks, tryDocument } = await import('../../report/views/lesson/lesson-try.ts');
  const html = readPageFile(path);
  const { scripts, ids, loads } = readPage(html);
  if (scripts.length === 0) throw new UsageError(inEveryLanguage(problems.script, { path }));
  const missing = neededIds.filter((id) => !ids.includes(id));
  if (missing.length > 0)
    throw new UsageError(inEveryLanguage(problems.ids, { path, ids: missing.join(', ') }));
  const telling = { file: basename(path), loads, tried: await tryPage(html, signal) };
  await print(
    options,
    () => ({ schemaVersion: 1, ...tryDocument(telling) }),
    () => tryBlocks(telling, reader),
  );
  return telling.tried.works ? 0 : 1;
}
