/** Who owns the bytes, as bars: a bar a transport, a colour a layer; the figures stand beside it and in the table. */
import { scaleLinear } from 'd3-scale';
import type { Trial } from '../../metrics/report.ts';
import { layers } from '../../wire/span.ts';
import { bytes } from '../units.ts';
import type { Words } from '../words.ts';
import { drawing, element, escaped, textElement } from './element.ts';

export interface Bar {
  readonly label: string;
  /** Bytes of each layer, in the order of the layers. */
  readonly parts: readonly { readonly layer: string; readonly bytes: number }[];
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
const labelWidth = 165;
const totalWidth = 80;
const barHeight = 22;
const gap = 8;

const totalOf = ({ parts }: Bar) => parts.reduce((sum, part) => sum + part.bytes, 0);

export function bytesFigure(title: string, bars: readonly Bar[], words: Words): string {
  const scale = scaleLinear()
    .domain([0, Math.max(1, ...bars.map(totalOf))])
    .range([0, width - labelWidth - totalWidth]);
  const height = bars.length * (barHeight + gap) + gap;
  const drawn = bars.map((one, index) => barOf(one, gap + index * (barHeight + gap), scale));
  return drawing(title, { width, height }, described(title, bars), drawn, keyTo(bars, words));
}

function barOf(one: Bar, y: number, scale: (bytes: number) => number): string {
  let x = labelWidth;
  const parts = one.parts.map(({ layer, bytes: size }) => {
    const [from, wide] = [x, scale(size)];
    x += wide;
    return element(
      'rect',
      { class: colourOf(layer), x: from.toFixed(1), y, width: wide.toFixed(1), height: barHeight },
      textElement('title', {}, `${one.label}, ${layer}: ${bytes(Math.round(size * 10) / 10)}`),
    );
  });
  const middle = y + barHeight / 2 + 5;
  const label = one.label.replaceAll('\u200b', '');
  const total = bytes(Math.round(totalOf(one) * 10) / 10);
  return [
    textElement('text', { x: labelWidth - 8, y: middle, 'text-anchor': 'end' }, label),
    ...parts,
    textElement('text', { x: (x + 8).toFixed(1), y: middle, class: 'total' }, total),
  ].join('');
}

const colourOf = (layer: string) => `layer-${layer.replace('.', '-')}`;

/** Which colour is which layer, for those that are there. */
function keyTo(bars: readonly Bar[], words: Words): string {
  const used = layers.filter((layer) => bars.some(({ parts }) => parts.some((part) => part.layer === layer)));
  const entries = used.map((layer) =>
    element(
      'li',
      {},
      element('span', { class: `swatch ${colourOf(layer)}` }),
      escaped(words.find(`layer.${layer}`) ?? layer),
    ),
  );
  return element('ul', { class: 'key' }, ...entries);
}

const described = (title: string, bars: readonly Bar[]) =>
  `${title}: ${bars.map((one) => `${one.label.replaceAll('\u200b', '')} ${bytes(Math.round(totalOf(one)))}`).join(', ')}`;
