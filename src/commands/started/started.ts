/**
 * What this user types to start the program, so that a printed command works as it stands: `rtcompare` if that is on
 * their PATH, `npx rtcompare` if it is installed in a folder, else `node` and the path of the program. npm's variables
 * do not show it: a program that npm has started passes them on to programs of its own.
 */
import { pathsOf } from '../../base/platform.ts';

export interface Started {
  /** The second word of the process: the program's file, or the link by which it was called. */
  readonly program: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly windows: boolean;
}

export function startOf({ program, folder, env, windows }: Started): string {
  const path = pathsOfShell(windows);
  const onPath = searched(env, windows);
  const within = program.split(/[\\/]node_modules[\\/]/);
  // pnpm and npm on Windows start a global program by its file, which lies below a folder of PATH.
  const isGlobal = (from: string): boolean =>
    path.dirname(from) !== from && (onPath.has(same(from, windows)) || isGlobal(path.dirname(from)));
  if (within.length > 1) return isGlobal(within[0] ?? '') ? 'rtcompare' : 'npx rtcompare';
  const { name, dir } = path.parse(program);
  if (name === 'rtcompare' && onPath.has(same(dir, windows))) return 'rtcompare';
  // A script of npm runs in the package's folder, whatever the user's current folder is.
  const isElsewhere = env.npm_lifecycle_event !== undefined && (env.INIT_CWD ?? folder) !== folder;
  return `node ${quoted(isElsewhere ? program : path.relative(folder, program))}`;
}

/** The folders in which the shell looks for programs. */
function searched({ PATH, Path }: Started['env'], windows: boolean): ReadonlySet<string> {
  const folders = (PATH ?? Path ?? '')
    .split(pathsOfShell(windows).delimiter)
    .filter((folder) => folder !== '');
  return new Set(folders.map((folder) => same(folder, windows)));
}

/** A folder in a spelling that can be compared: absolute, and in lower case on Windows. */
const same = (folder: string, windows: boolean): string => {
  const path = pathsOfShell(windows).resolve(folder);
  return windows ? path.toLowerCase() : path;
};

const pathsOfShell = (windows: boolean) => pathsOf(windows ? 'win32' : 'linux');

const quoted = (path: string): string => (/^[\w./\\:@+-]+$/.test(path) ? path : `"${path}"`);
