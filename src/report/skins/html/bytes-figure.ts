/**
 * Who owns the bytes, as bars: one bar per transport, a colour and a pattern per layer. A part that is wide enough
 * shows its figure; all figures are in the table.
 */
import { scaleLinear } from 'd3-scale';
import { type Reader, say } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { protocols } from '../../../protocols/index.ts';
import { type Layer, layers } from '../../../protocols/layers.ts';
import { bytes } from '../../blocks/quantities.ts';
import { boxSample, key, marginFor, widthOf, withoutBreaks } from './labels.ts';
import { drawing, element, textElement } from './markup.ts';
import { nameOf } from './palette.ts';

export interface Bar {
  readonly label: string;
  /** Bytes of each layer, in the order of the layers. */
  readonly parts: readonly { readonly layer: Layer; readonly bytes: number }[];
}

/** Set-up bytes of one client. */
export const setupBar = (label: string, trial: Trial): Bar =>
  bar(label, trial, ['setup'], trial.load.clients);

/** What a message and its answer, or an event, cost after set-up. */
export const messageBar = (label: string, trial: Trial): Bar =>
  bar(label, trial, ['steady'], Math.max(trial.messages.down, 1));

function bar(label: string, { wire }: Trial, phases: readonly string[], divisor: number): Bar {
  const weigh = (layer: string) =>
    wire.layers
      .filter((row) => row.layer === layer && phases.includes(row.phase))
      .reduce((sum, row) => sum + row.bytes, 0) / Math.max(divisor, 1);
  return {
    label,
    parts: layers.map((layer) => ({ layer, bytes: weigh(layer) })).filter((part) => part.bytes > 0),
  };
}

const width = 755;
const totalWidth = 96;
const barHeight = 24;
const gap = 8;

const totalOf = ({ parts }: Bar) => parts.reduce((sum, part) => sum + part.bytes, 0);
const rounded = (size: number) => bytes(Math.round(size * 10) / 10);

export const longestOf = (bars: readonly Bar[]): number => Math.max(1, ...bars.map(totalOf));

/**
 * @param longest bytes that the whole width stands for: the same for figures below each other, so that they can be
 * compared.
 */
export function bytesFigure(
  title: string,
  bars: readonly Bar[],
  reader: Reader,
  longest = longestOf(bars),
): string {
  const margin = marginFor(bars.map(({ label }) => label));
  const scale = scaleLinear()
    .domain([0, longest])
    .range([margin, width - totalWidth]);
  const height = bars.length * (barHeight + gap) + gap;
  const drawn = bars.map((one, index) => barOf(one, gap + index * (barHeight + gap), scale));
  return drawing(title, { width, height }, described(title, bars), drawn, keyTo(bars, reader));
}

function barOf(one: Bar, y: number, scale: (bytes: number) => number): string {
  const middle = y + barHeight / 2 + 5;
  const label = withoutBreaks(one.label);
  let before = 0;
  const parts = one.parts.map(({ layer, bytes: size }) => {
    const [from, to] = [scale(before), scale(before + size)];
    before += size;
    const figure = rounded(size);
    const inside = {
      class: `inside on-${nameOf(layer)}`,
      x: ((from + to) / 2).toFixed(1),
      y: middle,
      'text-anchor': 'middle',
    };
    return [
      element(
        'rect',
        {
          class: `layer-${nameOf(layer)}`,
          x: from.toFixed(1),
          y,
          width: (to - from).toFixed(1),
          height: barHeight,
        },
        textElement('title', {}, `${label}, ${layer}: ${figure}`),
      ),
      one.parts.length > 1 && to - from > widthOf(figure) + 12 ? textElement('text', inside, figure) : '',
    ].join('');
  });
  const end = scale(before);
  return [
    textElement('text', { x: scale(0) - 8, y: middle, 'text-anchor': 'end' }, label),
    ...parts,
    textElement('text', { x: (end + 8).toFixed(1), y: middle, class: 'total' }, rounded(before)),
  ].join('');
}

/** The key to the fillings, for the layers that occur. */
function keyTo(bars: readonly Bar[], reader: Reader): string {
  const used = layers.filter((layer) => bars.some(({ parts }) => parts.some((part) => part.layer === layer)));
  return key(
    used.map((layer) => ({
      sample: boxSample(`layer-${nameOf(layer)}`),
      label: withoutBreaks(say(reader, protocols[layer].look.title)),
    })),
  );
}

const described = (title: string, bars: readonly Bar[]) =>
  `${title}: ${bars.map((one) => `${withoutBreaks(one.label)} ${bytes(Math.round(totalOf(one)))}`).join(', ')}`;
