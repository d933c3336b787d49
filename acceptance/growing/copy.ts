/** A copy of the product as it is now, to which something is added, and which is then built and asked. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tally } from '../command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Language = 'en' | 'ko';

/** What somebody adds. */
export interface Addition {
  /** New files: path below src/ → text. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines in files that are there: before this text stands that one. */
  readonly lines: readonly { readonly file: string; readonly before: string; readonly line: string }[];
}

export interface Copy {
  readonly folder: string;
  /** What the built copy answers. */
  speak(
    language: Language,
    ...args: readonly string[]
  ): { stdout: string; stderr: string; status: number | null };
  /** Says whether a line is among what the copy prints. */
  told(language: Language, line: RegExp, ...args: readonly string[]): void;
  /** Says whether a line is in a file that `report` makes of `run.json` in this format. */
  written(language: Language, format: string, line: RegExp): void;
  say(holds: boolean, line: string): void;
}

/** Whether everything held that was said of the copy with this addition. */
export function grown({ files, lines }: Addition, ask: (copy: Copy) => void): boolean {
  const { say, held } = tally();
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-growing-'));
  const speak: Copy['speak'] = (language, ...args) =>
    spawnSync(process.execPath, [join(folder, 'dist/cli.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, RTCOMPARE_LANG: language },
    });
  try {
    copyTo(folder);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'src', path)), { recursive: true });
      writeFileSync(join(folder, 'src', path), text);
    }
    for (const { file, before, line } of lines) insert(join(folder, 'src', file), before, line);
    execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    ask({
      folder,
      speak,
      say,
      told(language, line, ...args) {
        const { stdout, stderr } = speak(language, ...args);
        const isTold = line.test(stdout);
        say(isTold, `${args.join(' ')} (${language})${isTold ? '' : `: ${stdout}${stderr}`}`);
      },
      written(language, format, line) {
        const out = join(folder, `${format}-${language}`);
        speak(language, 'report', 'run.json', '--report', format, '--out', out);
        const text = readdirSync(out).map((file) => readFileSync(join(out, file), 'utf8'));
        say(line.test(text.join('\n')), `${format} (${language})`);
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return held();
}

/** Without what a build makes and without history. */
function copyTo(folder: string): void {
  for (const name of [
    'src',
    'packaging',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'tsconfig.types.json',
  ])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
}

function insert(path: string, before: string, line: string): void {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(before)) throw new Error(`${path} has no ${JSON.stringify(before)}`);
  writeFileSync(
    path,
    text.replace(before, () => `${line}\n${before}`),
  );
}
