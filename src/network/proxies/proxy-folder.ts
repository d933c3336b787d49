/** The folder of a proxy that is a program: its own, with its configuration, and what that names. */
import { chmodSync, chownSync, mkdtempSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Address } from '../../target/target.ts';
import { authorityOf, type Front, type PlacedFront, type Placing, type ProgramProxy } from './proxy.ts';

/** Whom it belongs to, where that is not whoever makes it. */
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
      // Nobody else may read its key.
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

/** Where an ordinary user may write, also where root made it. */
function ownFolder({ uid, gid }: FolderOwner): string {
  const place = uid === undefined || isOpenToAll(tmpdir()) ? tmpdir() : '/tmp';
  const folder = realpathSync(mkdtempSync(join(place, 'rtcompare-proxy-')));
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  chmodSync(folder, 0o755);
  return folder;
}

/** A folder of root's own may be one that nobody else can enter. */
function isOpenToAll(path: string): boolean {
  const mayEnter = (statSync(path).mode & 0o001) !== 0;
  return mayEnter && (dirname(path) === path || isOpenToAll(dirname(path)));
}

/** `${LISTEN}`, `${UPSTREAM}` and `${CERTIFICATE}` of a configuration of one's own, and their parts. */
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
