/**
 * The project's address. `repository` in package.json is its only source; without it no packed file names an address.
 */

export interface Manifest {
  readonly version: string;
  readonly repository?: string | { readonly url: string };
}

export interface Address {
  /** `OWNER/NAME`, as a workflow names an action. */
  readonly slug: string;
  readonly homepage: string;
  readonly bugs: string;
  /** The page of a file or a folder (`src/wire/`), as it was in this version. */
  readonly page: (path: string) => string;
}

/** Null if there is no address yet. */
export function addressOf({ repository, version }: Manifest): Address | null {
  if (repository === undefined) return null;
  const url = typeof repository === 'string' ? repository : repository.url;
  const slug = /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\.git$/.exec(url)?.[1];
  // npm and the release workflow compare it letter by letter with the repository in which they run.
  if (!slug)
    throw new Error(`package.json: repository.url is ${url}, not git+https://github.com/OWNER/NAME.git`);
  const web = `https://github.com/${slug}`;
  return {
    slug,
    homepage: `${web}#readme`,
    bugs: `${web}/issues`,
    page: (path) => `${web}/${path.endsWith('/') ? 'tree' : 'blob'}/v${version}/${path}`,
  };
}
