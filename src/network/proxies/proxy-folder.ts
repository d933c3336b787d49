/** The folder of a proxy that is a program, with its configuration and the files that this names. */
import { chmodSync, chownSync, mkdtempSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Address } from '../../target/target.ts';
import { authorityOf, type Front, type PlacedFront, type Placing, type ProgramProxy } from './proxy.ts';

/** The user who is to own the folder; if absent, the user of this process. */
export interface FolderOwner {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Furnishing {
  readonly proxy: ProgramProxy;
  readonly flavour: string;
  readonly own?: string | undefined;
  readonly host: string;
  readonly upstream: Address;
  readonly front?: Front | undefined;
}

/** Makes the folder and writes what belongs into it. */
export function furnish(
  { proxy, flavour, own, host, upstream, front }: Furnishing,
  port: number,
  owner: FolderOwner,
): { readonly placing: Placing; readonly file: string } {
  const folder = ownFolder(owner);
  const write = (name: string, text: string, mode = 0o644): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode });
    return file;
  };
  const placed =
    front &&
    placedFront(front, (pem) => {
      // It has the private key, so only the proxy's user may read it.
      const file = write('certificate.pem', pem, 0o600);
      if (owner.uid !== undefined && owner.gid !== undefined) chownSync(file, owner.uid, owner.gid);
      return file;
    });
  const placing: Placing = { listen: { host, port }, upstream, folder, front: placed };
  for (const [name, text] of Object.entries(proxy.besides ?? {})) write(name, text);
  const made = own === undefined ? (proxy.flavours[flavour]?.(placing) ?? '') : filledIn(own, placing);
  const text = own !== undefined && proxy.unprivileged ? proxy.unprivileged(made, placing) : made;
  return { placing, file: write(proxy.file, text) };
}

const placedFront = ({ certificate, ...front }: Front, write: (pem: string) => string): PlacedFront => ({
  ...front,
  pem: certificate ? write(`${certificate.key}${certificate.cert}\n`) : '',
});

/** A folder in which the proxy's ordinary user may write, even if root makes it. */
function ownFolder({ uid, gid }: FolderOwner): string {
  const place = uid === undefined || isOpenToAll(tmpdir()) ? tmpdir() : '/tmp';
  const folder = realpathSync(mkdtempSync(join(place, 'rtcompare-proxy-')));
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  chmodSync(folder, 0o755);
  return folder;
}

/** Root's temporary folder may lie in one that other users cannot enter. */
function isOpenToAll(path: string): boolean {
  const mayEnter = (statSync(path).mode & 0o001) !== 0;
  return mayEnter && (dirname(path) === path || isOpenToAll(dirname(path)));
}

/** Fills in `${LISTEN}`, `${UPSTREAM}` and `${CERTIFICATE}`, and their parts, in the user's own configuration. */
function filledIn(own: string, { listen, upstream, folder, front }: Placing): string {
  const values: Readonly<Record<string, string>> = {
    LISTEN: authorityOf(listen),
    LISTEN_HOST: listen.host,
    LISTEN_PORT: String(listen.port),
    UPSTREAM: authorityOf(upstream),
    UPSTREAM_HOST: upstream.host,
    UPSTREAM_PORT: String(upstream.port),
    FOLDER: folder,
    ...(front && front.pem !== '' && { CERTIFICATE: front.pem }),
  };
  return own.replace(/\$\{([A-Z_]+)\}/g, (whole, name: string) => values[name] ?? whole);
}
