/** Which version of a package is installed, and where. */
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Looks a package up as Node would, even if its `exports` hide its package.json; null if it is not installed.
 *
 * @param require of the module that would load it: it decides which folders are searched.
 */
export function installedPackage(
  name: string,
  require: NodeJS.Require,
): { readonly folder: string; readonly version: string } | null {
  for (const path of require.resolve.paths(name) ?? []) {
    try {
      const folder = realpathSync(join(path, name));
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        version: string;
      };
      return { folder, version };
    } catch {
      // Not in this folder; the next one up may have it.
    }
  }
  return null;
}
