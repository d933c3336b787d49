/** Which libraries `check` weighs: those of the folders named by `--libraries` and `--server-libraries`. */
import { statSync } from 'node:fs';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import type { GateLibraries } from '../../gate/project-libraries.ts';

const noFolder = text(
  '{option} {dir}: there is no such folder; name the one with the node_modules',
  '{option} {dir}: 그런 폴더가 없습니다. node_modules가 있는 폴더를 적어야 합니다',
);

const notTimed = text(
  '--timings times the libraries that rtcompare brings along, and {names} of this folder differ from them: leave --timings out',
  '--timings는 rtcompare가 가져온 라이브러리의 시간을 잽니다. 이 폴더의 {names}은(는) 그것과 다르므로 --timings를 빼야 합니다',
);

interface Chosen {
  readonly libraries: string;
  readonly serverLibraries?: string;
  readonly timings?: boolean;
}

/** Throws `UsageError` if a folder does not exist, or for `--timings` of library versions other than our own. */
export async function librariesOf({ libraries, serverLibraries, timings }: Chosen): Promise<GateLibraries> {
  for (const [option, dir] of Object.entries({
    '--libraries': libraries,
    '--server-libraries': serverLibraries,
  }))
    if (dir !== undefined && !statSync(dir, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(inEveryLanguage(noFolder, { option, dir }));
  const { gateLibraries } = await import('../../gate/project-libraries.ts');
  const found = gateLibraries(libraries, serverLibraries);
  if (timings) await refuseOthers(found);
  return found;
}

async function refuseOthers({ environment }: GateLibraries): Promise<void> {
  const { readEnvironment } = await import('../../trial/environment.ts');
  const own = readEnvironment().dependencies;
  const others = Object.entries(environment.dependencies).filter(
    ([name, version]) => version !== own[name.replace(' (server)', '')],
  );
  if (others.length === 0) return;
  const names = others.map(([name, version]) => `${name} ${version}`).join(', ');
  throw new UsageError(inEveryLanguage(notTimed, { names }));
}
