/** A configuration of one's own for a real proxy, by its file. */
import { readFile } from 'node:fs/promises';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import { option } from './values.ts';

export const proxyConfigOption = () =>
  option(
    '--proxy-config <file>',
    text(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as the file has to have it
      'a configuration of one’s own for the proxy, with ${LISTEN} and ${UPSTREAM}',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as the file has to have it
      '프록시에 쓸 자신의 설정 파일. ${LISTEN}과 ${UPSTREAM}을 적음',
    ),
  );

const unreadable = text(
  '--proxy-config {file}: cannot be read ({problem})',
  '--proxy-config {file}: 읽을 수 없습니다({problem})',
);

export async function ownConfiguration(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, 'utf8').catch(({ code, message }: NodeJS.ErrnoException) => {
    throw new UsageError(inEveryLanguage(unreadable, { file, problem: code ?? message }));
  });
}
