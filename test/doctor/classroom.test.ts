/**
 * What the doctor says before a class: about the network that was found, the firewall of each system, a Windows
 * console.
 */
import { expect, test } from 'vitest';
import { classAdvice } from '../../src/questions/doctor/class-advice.ts';
import { consoleFinding } from '../../src/questions/doctor/console.ts';
import { lookForOthers } from '../../src/questions/doctor/network.ts';
import { spoken } from '../support/spoken.ts';

const wifi = { name: 'Wi-Fi', address: '192.168.0.7', isVirtual: false };
const told = (system: NodeJS.Platform, adapter: Parameters<typeof classAdvice>[1], language: 'en' | 'ko') =>
  Object.fromEntries(
    classAdvice(system, adapter).map(({ name, told }) => [name, told.map((one) => one[language])]),
  );

test.each([
  ['win32', 'Windows', 'Windows'],
  ['darwin', 'macOS', 'macOS'],
  ['linux', 'Linux', 'Linux'],
] as const)('on %s its own firewall comes first, and the others follow', (system, english, korean) => {
  const { firewall } = told(system, wifi, 'en');
  expect(firewall![0]).toMatch(new RegExp(`^${english}`));
  expect(firewall!.map((line) => line.split(' ')[0]).toSorted()).toEqual(['Linux', 'On', 'Windows', 'macOS']);
  expect(told(system, wifi, 'ko').firewall![0]).toMatch(new RegExp(`^${korean}`));
});

test('phones are told an address only where it leads somewhere', () => {
  expect(told('linux', wifi, 'en').phones![0]).toContain('http://192.168.0.7:PORT/');
  const alone = told('linux', undefined, 'ko').phones!;
  expect(alone).toEqual([expect.stringContaining('Wi-Fi에 연결하거나')]);
  expect(told('linux', { ...wifi, isVirtual: true }, 'ko').phones).toEqual(alone);
});

test('an address that this machine can take connections on is fine, unless its adapter is a virtual one', async () => {
  const here = { name: 'lo', address: '127.0.0.1', isVirtual: false };
  expect(await lookForOthers(here)).toEqual({ state: 'ok', found: '127.0.0.1 (lo)' });
  const virtual = await lookForOthers({ ...here, isVirtual: true });
  expect([virtual.state, virtual.remedy?.en]).toEqual(['warning', expect.stringContaining('no phone')]);
  // An address of documentation (RFC 5737, the third block), which no machine has.
  const gone = await lookForOthers({ ...here, address: '203.0.113.7' });
  expect([gone.state, gone.found]).toEqual(['warning', 'EADDRNOTAVAIL, 203.0.113.7 (lo)']);
  expect(await lookForOthers(undefined)).toMatchObject({ state: 'warning', found: '–' });
});

test('a console with a code page of its own: what passes through a pipe is UTF-8, and that is said', () => {
  expect(consoleFinding(65_001)).toEqual({ state: 'ok', found: 'UTF-8 (cp65001)' });
  expect(consoleFinding(949)).toMatchObject({ state: 'warning', found: 'cp949' });
  expect(consoleFinding(949).remedy?.ko).toContain('chcp 65001');
  expect(consoleFinding(null)).toEqual({ state: 'ok', found: '–' });
});

test('only --classroom has it, on a terminal and for a program', async () => {
  const { stdout } = await spoken(['doctor', '--classroom', '--json', '--quiet']);
  const { classroom, checks } = JSON.parse(stdout) as {
    classroom: { name: string; told: string[] }[];
    checks: { name: string }[];
  };
  expect(classroom.map(({ name }) => name)).toEqual(['firewall', 'phones', 'isolation']);
  expect(classroom.flatMap(({ told }) => told).join(' ')).toContain('demo --bots 20');
  expect(checks.at(-1)?.name).toBe('classroom');
});
