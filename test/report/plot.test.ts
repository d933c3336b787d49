import { expect, test } from 'vitest';
import { plotCurve } from '../../src/report/skins/plot.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';

const sawtooth = {
  curve: (x: number) => x % 1,
  from: 0,
  to: 3,
  xLabel: 'due at, intervals',
  yLabel: 'age, intervals',
};

test('a straight line goes from one corner to the other', () => {
  const lines = plotCurve({
    curve: (x) => 2 * x,
    from: 0,
    to: 50,
    xLabel: 'rate, /s',
    yLabel: 'bytes, B',
    width: 30,
    height: 6,
    ascii: true,
  });
  expect(lines).toMatchInlineSnapshot(`
    [
      "bytes, B",
      "100 +                      ***",
      "    |                ******",
      " 50 +          ******",
      "    |    ******",
      "  0 +****",
      "    +-------------------------",
      "     0           25         50",
      "                      rate, /s",
    ]
  `);
});

test('braille draws two by four dots a character', () => {
  expect(plotCurve({ ...sawtooth, width: 40, height: 6 })).toMatchInlineSnapshot(`
    [
      "age, intervals",
      "  1 ┤         ⢀⠤⢢         ⡠⠔⡄        ⢀⠤⢢",
      "    │       ⣀⠔⠁ ⢸      ⢀⡠⠊  ⡇      ⣀⠔⠁ ⢸",
      "0.5 ┤     ⡠⠊    ⢸    ⢀⠔⠁    ⡇    ⡠⠊    ⢸",
      "    │  ⢀⠔⠉      ⢸  ⡠⠊⠁      ⡇ ⢀⠔⠉      ⢸",
      "  0 ┤⡠⠒⠁        ⢸⠔⠊         ⡧⠒⠁        ⢸",
      "    └───────────────────────────────────",
      "     0               1.5               3",
      "                       due at, intervals",
    ]
  `);
});

test('sixty columns and twelve lines unless told, never wider', () => {
  const lines = plotCurve(sawtooth);
  expect(lines).toHaveLength(1 + 12 + 2);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(60);
  const narrow = plotCurve({
    ...sawtooth,
    width: 24,
    yLabel: '지연의 평균(폴링 간격 100 ms, 링크 loopback), ms',
  });
  expect(Math.max(...narrow.map(displayWidth))).toBeLessThanOrEqual(24);
});

test('--ascii draws in plain characters', () => {
  expect(plotCurve({ ...sawtooth, ascii: true }).join('')).toMatch(/^[ -~]*$/);
});

test('a value that is no number leaves a gap, and a curve of none an empty frame', () => {
  const half = plotCurve({ ...sawtooth, curve: (x) => (x < 1.5 ? Number.NaN : 1), ascii: true });
  expect(half.join('\n')).toContain('*');
  expect(half.join('\n')).not.toMatch(/NaN/);
  const none = plotCurve({ ...sawtooth, curve: () => Number.POSITIVE_INFINITY, ascii: true });
  expect(none.join('\n')).not.toMatch(/\*|NaN|Infinity/);
});

test('a constant is a level line off the floor, and so is one of tiny or negative values', () => {
  for (const value of [5, 1e-6, -4]) {
    const lines = plotCurve({ ...sawtooth, curve: () => value, ascii: true });
    expect(lines.filter((line) => line.includes('*'))).toHaveLength(1);
    expect(lines.join('\n')).not.toMatch(/NaN|Infinity|e-/);
  }
});

test('a jump is drawn through', () => {
  const step = plotCurve({ ...sawtooth, curve: (x) => (x < 1.5 ? 0 : 1), ascii: true });
  expect(step.filter((line) => line.includes('*')).length).toBeGreaterThanOrEqual(10);
});
