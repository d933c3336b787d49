/** `rtcompare bundle`: one file by which others install the program without a network. */

import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { say, text } from '../base/text.ts';
import type { Bundle } from './files/bundle-file.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { jsonOption, langOption, option, quietOption } from './options/values.ts';
import { jsonText } from './screen/print.ts';
import { createProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.bundle,
  examples: [
    [
      'rtcompare bundle --out stick',
      text('for a class: a few MB to hand round', '수업용: 나누어 줄 몇 MB 파일'),
    ],
  ],
} satisfies AboutCommand;

const phrases = {
  written: text(
    '{path}: {size}, rtcompare {version} and the {count} packages it needs, without source maps, TypeScript sources and manuals.',
    '{path}: {size}, rtcompare {version} 및 필요한 패키지 {count}개. 소스 맵, TypeScript 소스, 설명서는 뺐습니다.',
  ),
  install: text(
    'Where the file is, without a network, with Node 20.19 or later: npm install -g {file}',
    '파일이 있는 폴더에서, 네트워크 없이, Node 20.19 이상으로: npm install -g {file}',
  ),
};

interface Options {
  out: string;
  json?: boolean;
  lang?: string;
  quiet?: boolean;
}

export const bundleCommand = ({ signal, done }: Context): Command =>
  command('bundle', about, [
    option('--out <dir>', text('where the file goes', '파일을 둘 폴더')).default('.'),
    jsonOption(),
    langOption(),
    quietOption(),
  ]).action(async ({ out, json, lang, quiet }: Options) => {
    const { writeBundle } = await import('./files/bundle-file.ts');
    const reader = readerOf(lang);
    const progress = createProgress(process.stderr, quiet === true);
    const folder = fileURLToPath(new URL('../..', import.meta.url));
    const tell = (step: { readonly en: string; readonly ko: string }) => progress.show(step[reader.language]);
    const bundle = await writeBundle({ folder, into: out, tell, signal }).finally(() => progress.end());
    process.stdout.write(json ? jsonText(documentOf(bundle)) : await told(bundle, reader));
    done(0);
  });

const documentOf = ({ path, bytes, version, packages }: Bundle) => ({
  schemaVersion: 1,
  file: path,
  bytes,
  version,
  packages,
});

async function told(
  { path, bytes, version, packages }: Bundle,
  reader: ReturnType<typeof readerOf>,
): Promise<string> {
  const { basename } = await import('node:path');
  const { bytes: size } = await import('../report/blocks/quantities.ts');
  const written = say(reader, phrases.written, {
    path,
    version,
    size: size(bytes),
    count: String(packages.length),
  });
  return `${written}\n${say(reader, phrases.install, { file: `./${basename(path)}` })}\n`;
}
