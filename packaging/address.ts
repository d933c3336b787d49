/**
 * Where the project lives. `repository` in package.json is the only place that says so; as long as it says nothing,
 * nothing that is packed claims an address.
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

/** Null where there is none yet. */
export function addressOf({ repository, version }: Manifest): Address | null {
  if (repository === undefined) return null;
  const url = typeof repository === 'string' ? repository : repository.url;
  const slug = /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\.git$/.exec(url)?.[1];
  // npm and the release workflow compare it with where they run, letter by letter.
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
