/** A copy of the product as it is now, to which something is added, and which is then built and run. */
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

/** What a developer adds. */
export interface Addition {
  /** New files: path below src/ → text. */
  readonly files: Readonly<Record<string, string>>;
  /** New lines in existing files: `line` is inserted before the text `before`. */
  readonly lines: readonly { readonly file: string; readonly before: string; readonly line: string }[];
}

export interface Copy {
  readonly folder: string;
  /** Runs the built copy. */
  speak(
    language: Language,
    ...args: readonly string[]
  ): { stdout: string; stderr: string; status: number | null };
  /** Checks that a line is in the copy's output. */
  told(language: Language, line: RegExp, ...args: readonly string[]): void;
  /** Checks that a line is in the file that `report` makes from `run.json` in this format. */
  written(language: Language, format: string, line: RegExp): void;
  say(holds: boolean, line: string): void;
}

/** Whether all checks of the copy with this addition held. */
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

/** Copies the tree without build output and history. */
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
