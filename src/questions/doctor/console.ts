/**
 * The console of Windows and its code page: cp949 on a Korean one. A console window receives Unicode, so its output
 * reads right with any code page. A pipe or a file receives UTF-8, and the program that reads it has to know that.
 */
import { execFile } from 'node:child_process';
import { codePageIn } from '../../base/platform.ts';
import { type Check, type Diagnosis, ok, warning } from './checked.ts';

const utf8 = 65_001;

export function consoleFinding(codePage: number | null): Diagnosis {
  if (codePage === null) return ok('–');
  const found = `cp${codePage}`;
  return codePage === utf8
    ? ok(`UTF-8 (${found})`)
    : warning(found, {
        en: 'what is printed here is right, what passes through a pipe (`| more`, `>` in PowerShell 5) may not be: chcp 65001 first',
        ko: '여기에 출력되는 글자는 맞지만 파이프(`| more`, PowerShell 5의 `>`)를 거치면 깨질 수 있습니다. 먼저 chcp 65001을 실행하십시오',
      });
}

/** Reads the number of the code page, whose digits are the same in every code page. */
const asked = () =>
  new Promise<string>((resolve) =>
    execFile('chcp.com', { encoding: 'latin1', timeout: 5000 }, (_, stdout) => resolve(stdout)),
  );

export const windowsConsole: Check = {
  name: 'console',
  title: { en: 'console', ko: '콘솔' },
  windows: true,
  look: async () => consoleFinding(codePageIn(await asked())),
};
