/** Colours that stay distinct on a grey copy, on a poor projector, and for colour-blind readers. */
import { expect, test } from 'vitest';
import { protocols } from '../../../src/protocols/index.ts';
import { layers } from '../../../src/protocols/layers.ts';
import { dark, light, type Palette } from '../../../src/report/skins/html/palette.ts';

/** Relative luminance and contrast, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test('contrast is 21 between black and white, 1 between equals', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#4c78a8', '#4c78a8')).toBe(1);
});

const palettes: ['light' | 'dark', Palette][] = [
  ['light', light],
  ['dark', dark],
];

test.each(palettes)(
  '%s: every two layers differ in their pattern, or both are solid and far apart in lightness',
  (scheme) => {
    const alike = layers.flatMap((one, index) =>
      layers.slice(index + 1).flatMap((other) => {
        const [these, those] = [protocols[one].look, protocols[other].look];
        const apart = these.pattern !== those.pattern || contrast(these[scheme], those[scheme]) >= 2;
        return apart ? [] : [`${one}, ${other}`];
      }),
    );
    expect(alike).toEqual([]);
  },
);

test.each(palettes)(
  '%s: a pattern is seen on its colour, and a solid colour on the paper',
  (scheme, palette) => {
    const faint = layers.filter((layer) => {
      const { look } = protocols[layer];
      const least = look.pattern === '' ? 1.5 : 2;
      return contrast(look[scheme], palette.paper) < least;
    });
    expect(faint).toEqual([]);
  },
);

test.each(palettes)(
  '%s: the median and the law are seen on the samples, and the words on the paper',
  (_, palette) => {
    expect(contrast(palette.median, palette.samples)).toBeGreaterThan(3);
    expect(contrast(palette.law, palette.samples)).toBeGreaterThan(1.5);
    expect(contrast(palette.ink, palette.paper)).toBeGreaterThan(7);
    expect(contrast(palette.quiet, palette.paper)).toBeGreaterThan(4.5);
    expect(contrast(palette.quiet, palette.shade)).toBeGreaterThan(4.5);
  },
);
