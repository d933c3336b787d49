/** The file that `check` compares with, and may write. */
import { existsSync } from 'node:fs';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import type { Weighing } from '../../document/weighing.ts';
import { readWeighing } from '../files/documents.ts';
import { checkFile } from '../files/writing.ts';
import { isOn } from '../options/values.ts';

interface Asked {
  readonly baseline: string;
  readonly browser?: string;
  readonly update?: boolean;
  readonly timings?: boolean;
}

export function refuseUnderCi({ force }: { readonly force?: boolean }): void {
  if (isOn('CI') && !force)
    throw new UsageError(
      text(
        '--update is refused where CI is set: a gate that moves itself is none; add --force to do it anyway',
        'CI가 설정된 곳에서는 --update를 받지 않습니다. 스스로 바뀌는 기준은 기준이 아니기 때문입니다. 그래도 하려면 --force를 더하면 됩니다',
      ),
    );
}

/** Null if there is no baseline yet and this run is to write one. Throws `UsageError` before anything is weighed. */
export async function readBaseline({
  baseline: path,
  browser,
  update,
  timings,
}: Asked): Promise<Weighing | null> {
  const known = existsSync(path) ? await readWeighing(path) : null;
  if (update) checkFile(path);
  else if (!known)
    throw new UsageError(
      inEveryLanguage(
        text(
          'there is no baseline {path}; write one with `rtcompare check{of} --update`',
          '기준값 {path} 파일이 없습니다. `rtcompare check{of} --update`로 쓸 수 있습니다',
        ),
        { path, of: browser === undefined ? '' : ` --browser ${browser}` },
      ),
    );
  else if (timings && !known.timings)
    throw new UsageError(
      inEveryLanguage(
        text(
          '{path} has no timings; add them with `rtcompare check --timings --update`',
          '{path}에는 시간이 없습니다. `rtcompare check --timings --update`로 더할 수 있습니다',
        ),
        { path },
      ),
    );
  return known;
}
