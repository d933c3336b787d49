/** `rtcompare wire`: what it prints, to whom, and its exit codes. */
import { describe, expect, test, vi } from 'vitest';
import { mayColour } from '../../src/commands/screen/colour.ts';
import { rtcompare } from '../support/cli.ts';
import { spoken } from '../support/spoken.ts';

const escapeCode = '\u001b[';

test('a WebSocket conversation: every part of the view, exit 0, no escape code in a pipe', async () => {
  const { code, stdout } = await rtcompare('wire', 'ws');
  expect(code).toBe(0);
  expect(stdout).toContain('ws: one conversation, byte by byte');
  expect(stdout).toContain('1... .... FIN=1 the message ends here');
  expect(stdout).toContain(': equal,');
  expect(stdout).toMatch(/Node’s sockets counted \d+ bytes written and \d+ read: every byte has its owner\./);
  expect(stdout).not.toContain(escapeCode);
});

test('aliases, variants and references have a conversation too', async () => {
  for (const name of ['websocket', 'sse:resume', 'http', 'tcp']) {
    const { code, stdout } = await spoken(['wire', name, '--message', 'hi']);
    expect(code, name).toBe(0);
    expect(stdout).toContain('every byte has its owner.');
  }
});

test('colours where they are forced: by the flag, by FORCE_COLOR over NO_COLOR; the flag wins over both', async () => {
  const coloured = async (args: readonly string[], env: Record<string, string> = {}) =>
    (await spoken(['wire', 'tcp', ...args], { env })).stdout.includes(escapeCode);
  expect(await coloured(['--color'])).toBe(true);
  expect(await coloured([], { FORCE_COLOR: '1' })).toBe(true);
  expect(await coloured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  expect(await coloured([])).toBe(false);
});

describe('whether colour is allowed', () => {
  const allowed = (env: Record<string, string>, isTTY: boolean, flag?: boolean) => {
    for (const name of ['FORCE_COLOR', 'NO_COLOR', 'TERM']) vi.stubEnv(name, env[name]);
    try {
      return mayColour(flag, { isTTY });
    } finally {
      vi.unstubAllEnvs();
    }
  };

  test('a terminal has colours, a pipe has none', () => {
    expect(allowed({}, true)).toBe(true);
    expect(allowed({}, false)).toBe(false);
  });

  test('NO_COLOR and TERM=dumb take them from a terminal; an empty NO_COLOR does not', () => {
    expect(allowed({ NO_COLOR: '1' }, true)).toBe(false);
    expect(allowed({ TERM: 'dumb' }, true)).toBe(false);
    expect(allowed({ NO_COLOR: '' }, true)).toBe(true);
  });

  test('FORCE_COLOR wins over both, and can also forbid', () => {
    expect(allowed({ FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }, false)).toBe(true);
    expect(allowed({ FORCE_COLOR: '0' }, true)).toBe(false);
  });

  test('the flag wins over everything', () => {
    expect(allowed({ NO_COLOR: '1' }, false, true)).toBe(true);
    expect(allowed({ FORCE_COLOR: '1' }, true, false)).toBe(false);
  });
});

interface Document {
  conversations: {
    transport: string;
    bytes: { up: number; down: number; bySockets: { up: number; down: number }; balances: boolean };
    spans: {
      connection: number;
      direction: 'up' | 'down';
      offset: number;
      bytes: number;
      hex: string;
      clear?: string;
      explanation: string[];
    }[];
  }[];
}

test('--json: the spans of all five add up to what the sockets counted, without a gap', async () => {
  const { code, stdout } = await spoken(['wire', 'all', '--json', '--message', 'a “quoted” 메시지']);
  expect(code).toBe(0);
  const { conversations } = JSON.parse(stdout) as Document;
  expect(conversations.map(({ transport }) => transport)).toEqual([
    ...['polling', 'long-polling', 'sse', 'ws', 'socket.io'],
  ]);
  for (const { bytes, spans } of conversations) {
    expect(bytes).toMatchObject({ balances: true, bySockets: { up: bytes.up, down: bytes.down } });
    const ends = new Map<string, number>();
    for (const { connection, direction, offset, bytes: length, hex, explanation } of spans) {
      const stream = `${connection} ${direction}`;
      expect(offset).toBe(ends.get(stream) ?? 0);
      expect(hex).toHaveLength(2 * length);
      expect(explanation.length).toBeGreaterThan(0);
      ends.set(stream, offset + length);
    }
    expect([...ends.values()].reduce((sum, end) => sum + end, 0)).toBe(bytes.up + bytes.down);
  }
});

test('--json tells bytes under a mask also without it', async () => {
  const { stdout } = await spoken(['wire', 'ws', '--json', '--message', 'hello']);
  const masked = (JSON.parse(stdout) as Document).conversations[0]!.spans.filter(({ clear }) => clear);
  expect(masked[0]).toMatchObject({ direction: 'up', clear: Buffer.from('hello').toString('hex') });
});

test('--project and --step print everything without waiting where nobody sits at a keyboard', async () => {
  const cards = await spoken(['wire', 'tcp', '--project'], { language: 'ko' });
  expect([cards.code, cards.stdout.match(/^tcp {2}2개 중 \d$/gm)]).toEqual([
    0,
    ['tcp  2개 중 1', 'tcp  2개 중 2'],
  ]);
  const steps = await spoken(['wire', 'tcp', '--step']);
  expect(steps.code).toBe(0);
  expect(steps.stdout).toContain('every byte has its owner.');
  expect(steps.stdout).not.toContain('Enter');
});

test.each(['chromium', 'firefox', 'webkitgtk'])('--headers %s shows what it would send', async (engine) => {
  const { stdout } = await spoken(['wire', 'http', '--headers', engine]);
  expect(stdout).toContain('http sec-fetch-site');
  expect(stdout).toContain('(RFC 9110 §10.1.5)');
});

describe('wrong input: exit 2, one line with the remedy, and nothing has started', () => {
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await spoken(['wire', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    return stderr;
  };

  test('an unknown transport gets the nearest known one', async () => {
    expect(await refused('wss')).toMatch(/unknown transport "wss"; did you mean ws\? Known: all, polling/);
  });

  test('an empty message where none can be', async () => {
    expect(await refused('tcp', '--message', '')).toContain(
      'tcp cannot send an empty message; write some text',
    );
  });

  test('two ways of showing at once, or all transports one field at a time', async () => {
    expect(await refused('ws', '--step', '--json')).toContain('--step and --json: choose one of them');
    expect(await refused('all', '--project')).toContain('name one transport instead of all');
  });
});

test('an empty message is a message where the transport has one', async () => {
  const { code, stdout } = await spoken(['wire', 'ws', '--message', '']);
  expect(code).toBe(0);
  expect(stdout).toContain('the message, 0 bytes');
});
