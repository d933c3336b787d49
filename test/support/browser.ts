/**
 * A real browser for tests: the Chromium that comes inside a package, unpacked once to a folder of the project, or the
 * one that `RTCOMPARE_CHROMIUM` names. Never its package's own flags: they would switch web security off.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const cache = fileURLToPath(new URL('../../node_modules/.cache/rtcompare-chromium', import.meta.url));

/** Where a browser is; unpacks it when it is not there yet. */
async function executable(): Promise<string> {
  const named = process.env.RTCOMPARE_CHROMIUM;
  if (named) return named;
  if (existsSync(`${cache}/chromium`)) return `${cache}/chromium`;
  const { default: packed } = await import('@sparticuz/chromium');
  const unpacked = await packed.executablePath();
  // Unpacked beside, then renamed: whoever comes second finds it whole or not at all.
  const fresh = `${cache}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  await copyFile(unpacked, `${fresh}/chromium`);
  try {
    renameSync(fresh, cache);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  return `${cache}/chromium`;
}

export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await executable(),
    args: [
      ...[
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
      ...['--disable-component-update', '--disable-sync', '--headless=new'],
      ...more,
    ],
  });
}
