import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Report } from '../../src/document/report.ts';
import { renderTerminal } from '../../src/report/views/run/run-terminal.ts';
import {
  echoTrials,
  everyScenario,
  linkNamed,
  repeatedReport,
  report,
  sweepReport,
  trial,
  typicalReport,
  widestReport,
} from './fixture.ts';

// A second opinion on our own measure.

const widestLine = (text: string) => Math.max(...text.split('\n').map(stringWidth));
const languages = ['en', 'ko'] as const;
const reports: Record<string, () => Report> = {
  typical: typicalReport,
  widest: widestReport,
  'every scenario': everyScenario,
  sweep: sweepReport,
  repeated: repeatedReport,
};

for (const language of languages) {
  for (const [name, make] of Object.entries(reports)) {
    for (const width of [60, 80, 120]) {
      test(`the ${name} report in ${language} fits ${width} columns`, () => {
        expect(widestLine(renderTerminal(make(), { language, width }))).toBeLessThanOrEqual(width);
      });
    }
  }

  test(`the borders of every table in ${language} stand in one line`, () => {
    const lines = renderTerminal(typicalReport(), { language }).split('\n');
    const bordered = lines.filter((line) => /^[│┌├└]/.test(line));
    expect(new Set(bordered.map(stringWidth)).size).toBeLessThanOrEqual(2);
  });

  test(`nothing in ${language} is cut, coloured or left with trailing spaces`, () => {
    for (const make of Object.values(reports)) {
      const text = renderTerminal(make(), { language });
      expect(text).not.toMatch(/[^\P{Cc}\n]|…(?!”)|\u200b|\u00a0| $/mu);
    }
  });

  test(`an empty report in ${language} still has its tables`, () => {
    const text = renderTerminal(report([]), { language });
    expect(text).toContain(language === 'en' ? 'not measured in this run' : '이번 실행에서 측정하지 않음');
    expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
  });
}

test('the parts come in one order', () => {
  const text = renderTerminal(typicalReport(), { language: 'en' });
  const parts = [
    'HTTP/1.1',
    'echo:',
    'push:',
    'In short',
    'Whose bytes',
    'Table A',
    'Table B',
    'What the laws',
    'Notes',
    'Verdict',
  ];
  const positions = parts.map((part) => text.indexOf(part));
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(positions).not.toContain(-1);
});

test('--ascii in English prints bytes below 128 only', () => {
  for (const make of Object.values(reports)) {
    expect(renderTerminal(make(), { language: 'en', ascii: true })).toMatch(/^[\n -~]*$/);
  }
});

test('--ascii in Korean keeps the words and draws plain borders', () => {
  const text = renderTerminal(typicalReport(), { language: 'ko', ascii: true });
  expect(text).not.toMatch(/[─│┌═“”×–]/);
  expect(text).toContain('오버헤드');
  expect(widestLine(text)).toBeLessThanOrEqual(80);
});

test('control characters of a report are shown, not obeyed', () => {
  const evil = '\u001b[31mred\u0007\nnext\u202e';
  const text = renderTerminal(
    report(
      [
        trial({
          transport: evil,
          notes: [{ kind: evil, value: evil }],
          exchanges: [{ kind: evil, phase: 'setup', count: 1, sizes: [] }],
        }),
      ],
      {
        plan: { ...report([]).plan, link: linkNamed(evil), heartbeat: evil },
      },
    ),
    { language: 'en' },
  );
  expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  expect(text).toContain('\\x1b');
  expect(text).toContain('\\n');
  expect(widestLine(text)).toBeLessThanOrEqual(80);
});

test('wide terminals also get the bytes per message', () => {
  expect(renderTerminal(typicalReport(), { language: 'en', width: 120 })).toContain(
    'The same per message delivered',
  );
  expect(renderTerminal(typicalReport(), { language: 'en', width: 80 })).not.toContain(
    'The same per message delivered',
  );
});

test('a run of other scenarios says in a line that the documents’ tables are empty', () => {
  const text = renderTerminal(report([trial({ transport: 'ws', scenario: 'burst' })]), { language: 'en' });
  expect(text).toContain('Tables A and B: not measured in this run');
  expect(text).not.toContain('A1 Communication');
});

test('a sweep tells how its costs grow, and its tables and layers do not fill pages', () => {
  const text = renderTerminal(sweepReport(), { language: 'en' });
  expect(text).toContain('echo, by clients: p50, ms');
  expect(text).not.toContain('Whose bytes are these?');
  expect(renderTerminal(sweepReport(), { language: 'en', width: 120 })).toContain('Whose bytes are these?');
});

test('of repeats the typical one stands in the tables, and with room all of them', () => {
  const rows = (width: number) =>
    renderTerminal(repeatedReport(), { language: 'en', width })
      .split('\n')
      .filter((line) => /^ws .*38\.4 kB/.test(line));
  expect(rows(80)).toHaveLength(1);
  expect(rows(120)).toHaveLength(5);
});

test('a small report in English reads like this', () => {
  const small = report([echoTrials()[3]!, echoTrials()[5]!]);
  const text = renderTerminal(small, { language: 'en' });
  expect(text.slice(0, text.indexOf('Whose bytes'))).toMatchInlineSnapshot(`
    "rtcompare: real-time transports side by side
    ════════════════════════════════════════════
    HTTP/1.1, no TLS, no compression, Node 20.20.2 clients, loopback
    10 clients × 30 messages of 64 B (text) at 20/s each, keep-alive on, heartbeat
    none, seed 1

    echo: How long does a message and its answer take, and what do they cost?

    transport   p50   p95   p99      HTTP    TCP  overhead    bytes  overhead
                 ms    ms    ms  requests  conns     B/msg   in all     share
    ─────────────────────────────────────────────────────────────────────────
    ws         0.21  0.42  0.63        10     10         8  43.7 kB     5.9 %
    ─────────────────────────────────────────────────────────────────────────
    http       0.41  0.82  1.23       350     10       327   137 kB    71.9 %
    Time from when a message was due to its echo, steady phase. Requests,
    connections and bytes in all: every phase, all clients. Overhead: headers and
    framing of a message and its echo. Share: part of the steady bytes that is not
    payload. Below the line: references to compare with.

    In short
    - Bytes beside a message and its echo: ws, 8 B.
    - Echo, median, on loopback (no distance): 0.21 ms.

    "
  `);
});

test('a small report in Korean reads like this', () => {
  const small = report([echoTrials()[3]!, echoTrials()[5]!]);
  const text = renderTerminal(small, { language: 'ko' });
  expect(text.slice(0, text.indexOf('이 바이트는'))).toMatchInlineSnapshot(`
    "rtcompare: 실시간 전송 방식 비교
    ════════════════════════════════
    HTTP/1.1, TLS 없음, 압축 없음, Node 20.20.2 클라이언트, 루프백
    클라이언트 10개 × 메시지 30개, 메시지 크기 64 B(텍스트), 클라이언트마다 초당
    20개, keep-alive 켬, 하트비트 없음, 시드 1

    echo: 메시지 하나를 보내고 되받는 데 얼마나 걸리고, 바이트는 얼마나 듭니까?

    전송   p50   p95   p99  HTTP   TCP  오버헤드     전체  오버헤드
    방식    ms    ms    ms  요청  연결  B/메시지   바이트      비율
                              수    수
    ───────────────────────────────────────────────────────────────
    ws    0.21  0.42  0.63    10    10         8  43.7 kB     5.9 %
    ───────────────────────────────────────────────────────────────
    http  0.41  0.82  1.23   350    10       327   137 kB    71.9 %
    지연: 보내기로 한 시각부터 에코를 받을 때까지(측정 단계). 요청 수, 연결 수, 전체
    바이트: 모든 단계, 전체 클라이언트의 합. 오버헤드: 메시지와 그 에코에 붙은
    헤더와 프레이밍. 비율: 측정 단계의 바이트 중 페이로드가 아닌 부분. 선 아래는
    비교를 위한 기준.

    요약
    - 메시지와 에코에 붙는 바이트: ws, 8 B.
    - 에코, 중앙값, 거리가 없는 루프백에서: 0.21 ms.

    "
  `);
});
