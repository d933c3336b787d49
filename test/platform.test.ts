/** What differs by system, tried for Windows on any other: paths, signals, shims, consoles, addresses. */
import { readdirSync, readFileSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  codePageIn,
  drawsWide,
  endingOf,
  lineForShell,
  localAdapter,
  pathsOf,
  startOfProgram,
  stopSignals,
  systemLocale,
  terminalSignals,
} from '../src/base/platform.ts';
import { startOf } from '../src/commands/started/started.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['src', 'packaging', 'acceptance'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      name: `${folder}/${name.replaceAll('\\', '/')}`,
      code: readFileSync(join(root, folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''),
    })),
);
const having = (pattern: RegExp) => sources.filter(({ code }) => pattern.test(code)).map(({ name }) => name);

test('only platform.ts asks which system this is', () => {
  expect(having(/process\.platform/)).toEqual(['src/base/platform.ts']);
  expect(having(/\bfrom 'node:path'.*|\bwin32\b/)).toContain('src/base/platform.ts');
  expect(having(/import \{[^}]*\b(win32|posix)\b[^}]*\} from 'node:path'/)).toEqual(
    // A slash is also what links of pages and names in a tarball have, whatever the system.
    ['src/base/platform.ts', 'packaging/links.ts'],
  );
});

test('no null device is named but in the script of bash, and no address of a file is cut out of its URL', () => {
  expect(having(/\/dev\/null|\bNUL\b|devNull/).filter((name) => name.startsWith('src/'))).toEqual([
    'src/commands/help/shells.ts',
  ]);
  // `/C:/Users/%ED%99%8D/…` is no path: fileURLToPath reads the letters and the drive.
  expect(having(/import\.meta\.(url\)\.pathname|dirname|filename)/)).toEqual([]);
});

test('a program is started by its words, and on Windows by one line of cmd that reads as these words', () => {
  const words = ['npm', 'pack', '--pack-destination', 'C:\\Users\\홍길동\\내 문서\\'];
  expect(startOfProgram(words, 'linux')).toEqual({ file: 'npm', args: words.slice(1), shell: false });
  expect(startOfProgram(words, 'win32')).toEqual({
    file: 'npm pack --pack-destination ^"C:\\Users\\홍길동\\내^ 문서\\\\^"',
    args: [],
    shell: true,
  });
});

/**
 * What a program of Windows is given as its arguments: cmd takes its carets away, then backslashes before a quote are
 * halved, as the documentation of CommandLineToArgvW has it.
 */
function readBack(line: string): string[] {
  const seen: string[] = [];
  let [word, isQuoted, isWord] = ['', false, false];
  const plain = line.replace(/\^([\s\S])/g, '$1');
  for (let at = 0; at < plain.length; at++) {
    const [, slashes = '', quote = ''] = /^(\\*)("?)/.exec(plain.slice(at))!;
    if (quote !== '') {
      word += '\\'.repeat(Math.floor(slashes.length / 2));
      if (slashes.length % 2 === 1) word += '"';
      else isQuoted = !isQuoted;
      isWord = true;
      at += slashes.length;
    } else if (plain[at] === ' ' && !isQuoted) {
      if (isWord) seen.push(word);
      [word, isWord] = ['', false];
    } else {
      word += plain[at];
      isWord = true;
    }
  }
  return isWord ? [...seen, word] : seen;
}

test.each([
  ['node', 'client.mjs', '{"a": "b c"}'],
  ['node', 'C:\\내 문서\\', 'a\\"b', '100%', 'a&b|c>d', '(x)', '^', ''],
])('words come back from the line of cmd as they were: %j', (...words) => {
  const { file } = startOfProgram(words, 'win32');
  expect(readBack(file)).toEqual(words);
  // Nothing that cmd would read itself stands without a caret.
  expect(file.replace(/\^[\s\S]/g, '')).not.toMatch(/[()%!^"<>&|;,*?]/);
});

test('the program of a line may have a space in its path, and slashes of another system', () => {
  expect(startOfProgram(['C:/Program Files/nodejs/node.exe', '-v'], 'win32').file).toBe(
    'C:\\Program^ Files\\nodejs\\node.exe -v',
  );
});

test('signals: Windows has Ctrl-Break, and ends what a program has started by taskkill', () => {
  expect(stopSignals('linux')).toEqual([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]);
  expect(stopSignals('win32')).toContainEqual(['SIGBREAK', 130]);
  expect(terminalSignals('win32').filter((name) => !terminalSignals('linux').includes(name))).toEqual([
    'SIGBREAK',
  ]);
  const group = { isGroup: true, signal: 'SIGTERM' } as const;
  expect(endingOf(7, group, 'linux')).toEqual({ pid: -7, signal: 'SIGTERM' });
  expect(endingOf(7, { ...group, isGroup: false }, 'darwin')).toEqual({ pid: 7, signal: 'SIGTERM' });
  expect(endingOf(7, group, 'win32')).toEqual({ words: ['taskkill', '/pid', '7', '/t', '/f'] });
});

test('a Korean Windows reads Korean without LANG; Linux says so in LANG alone', () => {
  expect(systemLocale('win32', 'ko-KR')).toBe('ko-KR');
  expect(systemLocale('linux', 'ko-KR')).toBe('');
});

test('lines are left out in the old console window of a Korean Windows, and nowhere else', () => {
  expect(drawsWide({}, 'win32', 'ko-KR')).toBe(true);
  expect(drawsWide({ WT_SESSION: 'a' }, 'win32', 'ko-KR')).toBe(false);
  expect(drawsWide({ TERM_PROGRAM: 'vscode' }, 'win32', 'ko-KR')).toBe(false);
  expect(drawsWide({}, 'win32', 'en-US')).toBe(false);
  expect(drawsWide({}, 'linux', 'ko-KR')).toBe(false);
});

test('the code page is read out of what chcp says, whose words come in that code page', () => {
  const korean = Buffer.concat([Buffer.from([0xc8, 0xb0, 0xbc, 0xba]), Buffer.from(': 949\r\n')]);
  expect(codePageIn(korean.toString('latin1'))).toBe(949);
  expect(codePageIn('Active code page: 65001\r\n')).toBe(65_001);
  expect(codePageIn('Aktive Codepage: 850.\r\n')).toBe(850);
  expect(codePageIn("'chcp' is not recognized")).toBeNull();
});

test('paths of Windows, with Hangul and spaces: how the program is started there', () => {
  const { join: joined, resolve } = pathsOf('win32');
  expect(joined('C:\\Users\\홍길동', '내 문서')).toBe('C:\\Users\\홍길동\\내 문서');
  expect(resolve('C:\\Users\\홍길동\\내 문서', '..\\a')).toBe('C:\\Users\\홍길동\\a');
  expect(pathsOf('darwin').join('/a', 'b')).toBe('/a/b');
  const folder = 'C:\\Users\\홍길동\\내 문서';
  const program = `${folder}\\rtcompare\\dist\\cli.js`;
  const started = { program, folder, env: { Path: 'C:\\Windows' }, windows: true };
  expect(startOf(started)).toBe('node rtcompare\\dist\\cli.js');
  const from = (place: string) => startOf({ ...started, folder: place });
  expect(from('C:\\Users')).toBe('node "홍길동\\내 문서\\rtcompare\\dist\\cli.js"');
  const npm = 'C:\\Users\\홍길동\\AppData\\Roaming\\npm';
  const global = `${npm}\\node_modules\\rtcompare\\dist\\cli.js`;
  expect(startOf({ ...started, program: global, env: { Path: `C:\\Windows;${npm}` } })).toBe('rtcompare');
});

const localAddressOf = (interfaces: Parameters<typeof localAdapter>[0]) => localAdapter(interfaces)?.address;
const at = (address: string, more: Partial<NetworkInterfaceInfo> = {}) =>
  [{ address, family: 'IPv4', internal: false, ...more }] as NetworkInterfaceInfo[];

test('the address on the local network is none of a virtual machine, unless there is no other', () => {
  const wsl = { 'vEthernet (WSL)': at('172.20.0.1'), 'VirtualBox Host-Only Network': at('192.168.56.1') };
  expect(localAddressOf({ ...wsl, 'Wi-Fi': at('192.168.0.7') })).toBe('192.168.0.7');
  expect(localAddressOf({ docker0: at('172.17.0.1'), eth0: at('10.0.0.2'), eth1: at('10.0.0.3') })).toBe(
    '10.0.0.2',
  );
  expect(localAddressOf(wsl)).toBe('172.20.0.1');
  expect(localAddressOf({ lo: at('127.0.0.1', { internal: true }) })).toBeUndefined();
});

test('a line that starts one program gives the shell up to it; what needs a shell keeps it', () => {
  for (const line of ['node server.js', '"/usr/bin/node" "my server.js"', 'python3 -m http.server 3000'])
    expect(lineForShell(line, 'linux')).toBe(`exec ${line}`);
  for (const line of [
    'cd a && node b.js',
    'PORT=1 node b.js',
    'npm start > log',
    'cd a',
    'node a.js & wait',
    'sh -c "$X"',
  ])
    expect(lineForShell(line, 'linux')).toBe(line);
  expect(lineForShell('node server.js', 'win32')).toBe('node server.js');
});
