/** The project's address is defined once; published files have the same address, or none. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addressOf } from '../../packaging/address.ts';
import { relinked } from '../../packaging/links.ts';
import { tellAddress } from '../../packaging/pack.ts';

const version = '1.2.3';
const repository = { type: 'git', url: 'git+https://github.com/somebody/rtcompare.git' };
const web = 'https://github.com/somebody/rtcompare';
const folder = mkdtempSync(join(tmpdir(), 'rtcompare-address-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A package of a README and a page, after its address has been filled in. */
function told(name: string, manifest: object, pages: Readonly<Record<string, string>>) {
  const root = join(folder, name);
  for (const [path, text] of Object.entries({
    ...pages,
    'package.json': JSON.stringify({ version, ...manifest }),
  })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  tellAddress(root);
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  return { pages: Object.keys(pages).map(read), manifest: JSON.parse(read('package.json')) };
}

const pages = {
  'README.md':
    '[docs](docs/ci.md#times), [gate](src/gate/), [a\nfile](src/a.ts#L3), ![picture](docs/none.png), [rfc](https://x.example/)',
  'docs/ci.md':
    '[up](../README.md), [action](../action.yml), [here](#here), `[code](none.md)`\n```\n[code](none.md)\nuses: OWNER/rtcompare@v1.2.3\n```\n',
};

test('with an address, everything that names one names this one', () => {
  const { manifest, pages: read } = told('with', { repository }, pages);
  expect(manifest).toEqual({
    version,
    repository,
    homepage: `${web}#readme`,
    bugs: { url: `${web}/issues` },
  });
  expect(read).toEqual([
    `[docs](docs/ci.md#times), [gate](${web}/tree/v1.2.3/src/gate/), [a\nfile](${web}/blob/v1.2.3/src/a.ts#L3), ![picture](${web}/blob/v1.2.3/docs/none.png), [rfc](https://x.example/)`,
    `[up](../README.md), [action](${web}/blob/v1.2.3/action.yml), [here](#here), \`[code](none.md)\`\n\`\`\`\n[code](none.md)\nuses: somebody/rtcompare@v1.2.3\n\`\`\`\n`,
  ]);
});

test('without one, nothing is claimed: words whose link would be dead stand without it', () => {
  const { manifest, pages: read } = told('without', {}, pages);
  expect(manifest).toEqual({ version });
  expect(read).toEqual([
    '[docs](docs/ci.md#times), gate, a\nfile, picture, [rfc](https://x.example/)',
    '[up](../README.md), action, [here](#here), `[code](none.md)`\n```\n[code](none.md)\nuses: OWNER/rtcompare@v1.2.3\n```\n',
  ]);
});

test('an address that npm and GitHub would read in two ways is refused', () => {
  expect(() => addressOf({ version, repository: 'somebody/rtcompare' })).toThrow(
    'not git+https://github.com/',
  );
  expect(() => addressOf({ version, repository: { url: `${web}.git` } })).toThrow(
    'not git+https://github.com/',
  );
  expect(addressOf({ version })).toBeNull();
});

test('brackets that are no link stay as they are', () => {
  const text = 'a[0](x y) [one] (two) ![](';
  expect(relinked(text, { page: 'README.md', isPacked: () => false, address: null })).toBe(text);
});
