/**
 * One message as a sequence: the client's line on the left, the server's on the right, an arrow for each unit that went
 * over the wire for it. A request and its response have the same number; a bar on the server's line is an open request,
 * during which the client waits.
 */

import { own } from '../../../base/lookup.ts';
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { bytes, time } from '../../blocks/quantities.ts';
import { boxSample, key, lineSample, widthOf } from '../../skins/html/labels.ts';
import { element, escaped, scrolling, textElement } from '../../skins/html/markup.ts';
import { breakable } from './groups.ts';

const phrases = {
  figure: text('{transport}: {bytes}', '{transport}: {bytes}'),
  client: text('client', '클라이언트'),
  server: text('server', '서버'),
  several: text('{count} × {name}', '{name} {count}개'),
  carries: text('{messages} messages', '메시지 {messages}개'),
};

const arrowNames: Readonly<Record<string, Text>> = {
  text: text('text frame', '텍스트 프레임'),
  binary: text('binary frame', '바이너리 프레임'),
  ping: text('ping frame', 'Ping 프레임'),
  pong: text('pong frame', 'Pong 프레임'),
  close: text('close frame', 'Close 프레임'),
  continuation: text('continuation frame', '이어지는 프레임'),
  event: text('event', '이벤트'),
  line: text('line', '줄'),
  message: text('message', '메시지'),
};

type Arrow = Trial['sequence'][number];

const width = 400;
const client = 82;
const server = 362;
const rowHeight = 38;
const top = 34;
/** A bar on the server's line, and how far the next one is moved to the side while both are open. */
const barWidth = 8;
const barStep = 10;

const sentences = {
  title: text(
    'A message on its way ({scenario}, one client)',
    '메시지가 오가는 순서({scenario}, 클라이언트 하나)',
  ),
  carrying: text('carries a message', '메시지를 전달함'),
  other: text('carries no message', '메시지를 전달하지 않음'),
  open: text('a request that is not answered yet', '아직 응답하지 않은 요청'),
  time: text(
    'Time at the client since the first arrow, not to scale.',
    '클라이언트에서 잰, 첫 화살표부터의 시간입니다. 간격은 시간에 비례하지 않습니다.',
  ),
  numbers: text(
    'A request and its response have the same number. What belongs to other messages is left out.',
    '요청과 그 응답은 번호가 같습니다. 다른 메시지에 속하는 것은 그리지 않았습니다.',
  ),
  both: text(
    'several messages: {up} up, {down} down',
    '메시지 여러 개: 올라간 것 {up}개, 내려온 것 {down}개',
  ),
  down: text('{down} messages at a time', '메시지 {down}개가 한꺼번에'),
};

/** A figure for each transport; empty if no message arrived. */
export function sequenceFigures(scenario: string, trials: readonly Trial[], reader: Reader): string[] {
  const drawn = trials.filter(({ sequence }) => sequence.length > 0);
  if (drawn.length === 0) return [];
  const isNumbered = drawn.some(({ sequence }) => sequence.some(({ exchange }) => exchange !== undefined));
  const figures = drawn.map((trial) => figure(trial, reader));
  const note = [sentences.time, ...(isNumbered ? [sentences.numbers] : [])];
  return [
    textElement('h4', {}, say(reader, sentences.title, { scenario })),
    element('div', { class: 'sequences' }, ...figures),
    keyTo(figures.join(''), reader),
    textElement('p', { class: 'note' }, note.map((sentence) => say(reader, sentence)).join(' ')),
  ];
}

function keyTo(drawn: string, reader: Reader): string {
  const entries = [
    { there: 'class="arrow carrying"', sample: lineSample('arrow carrying'), label: sentences.carrying },
    { there: 'class="arrow"', sample: lineSample('arrow'), label: sentences.other },
    { there: 'class="open"', sample: boxSample('open'), label: sentences.open },
  ];
  return key(
    entries
      .filter(({ there }) => drawn.includes(there))
      .map(({ sample, label }) => ({ sample, label: say(reader, label) })),
  );
}

/** If a picture holds more than one message, says how many. */
function severalText(sequence: readonly Arrow[], reader: Reader): string[] {
  const messages = (way: Arrow['direction']) =>
    sequence.reduce((sum, arrow) => sum + (arrow.direction === way ? arrow.messages : 0), 0);
  const [up, down] = [messages('up'), messages('down')];
  if (up <= 1 && down <= 1) return [];
  return up === 0
    ? [say(reader, sentences.down, { down: String(down) })]
    : [say(reader, sentences.both, { up: String(up), down: String(down) })];
}

function figure({ transport, scenario, sequence }: Trial, reader: Reader): string {
  const height = top + sequence.length * rowHeight + 10;
  const total = sequence.reduce((sum, arrow) => sum + arrow.bytes, 0);
  const size = say(reader, phrases.figure, { transport, bytes: bytes(total) });
  const caption = [size, ...severalText(sequence, reader)].join(', ');
  const lines = sequence.map((arrow) => `${arrow.direction === 'up' ? '→' : '←'} ${labelOf(arrow, reader)}`);
  const bars = openBars(sequence, height);
  return element(
    'figure',
    {},
    element('figcaption', {}, escaped(breakable(caption))),
    scrolling(
      `${scenario}, ${caption}`,
      element(
        'svg',
        {
          viewBox: `0 0 ${width} ${height}`,
          role: 'img',
          'aria-label': `${scenario}, ${caption}: ${lines.join('; ')}`,
        },
        ...lifeline(client, say(reader, phrases.client), height),
        ...lifeline(server, say(reader, phrases.server), height),
        ...bars.map(({ from, to, level }) =>
          element('rect', {
            class: 'open',
            x: server - barWidth / 2 + level * barStep,
            y: from,
            width: barWidth,
            height: Math.max(to - from, 2),
          }),
        ),
        ...sequence.map((arrow, index) => arrowOf(arrow, yOf(index), levelAt(bars, yOf(index)), reader)),
      ),
    ),
  );
}

const lifeline = (x: number, name: string, height: number) => [
  textElement('text', { x, y: 16, 'text-anchor': 'middle' }, name),
  element('line', { class: 'grid', x1: x, x2: x, y1: 24, y2: height }),
];

const yOf = (index: number) => top + index * rowHeight + 22;

const isRequest = ({ direction, what }: Arrow) => direction === 'up' && what.includes(' ');
const isResponse = ({ direction, what }: Arrow) => direction === 'down' && /^\d/.test(what);

/** Older reports have no numbers, only the connection: there the next response on it is the answer. */
const isSameExchange = (one: Arrow, other: Arrow) =>
  one.exchange === undefined ? one.connection === other.connection : one.exchange === other.exchange;

interface Bar {
  readonly from: number;
  readonly to: number;
  /** The smallest level that no other open bar has at this height. */
  readonly level: number;
}

/** From a request to its response; a request that was sent earlier has a bar from the top on. */
function openBars(sequence: readonly Arrow[], height: number): Bar[] {
  const asked = sequence.flatMap((arrow, index) => {
    if (!isRequest(arrow)) return [];
    const answer = sequence.findIndex(
      (other, at) => at > index && isResponse(other) && isSameExchange(arrow, other),
    );
    return [{ from: yOf(index), to: answer < 0 ? height : yOf(answer) }];
  });
  const before = sequence.flatMap((arrow, index) => {
    const last = sequence
      .slice(0, index)
      .findLast((other) => isSameExchange(arrow, other) && (isRequest(other) || isResponse(other)));
    return isResponse(arrow) && !(last && isRequest(last)) ? [{ from: 24, to: yOf(index) }] : [];
  });
  const bars: Bar[] = [];
  for (const { from, to } of [...before, ...asked].toSorted((a, b) => a.from - b.from)) {
    const taken = bars.filter((bar) => bar.to > from).map(({ level }) => level);
    let level = 0;
    while (taken.includes(level)) level++;
    bars.push({ from, to, level });
  }
  return bars;
}

/** An arrow ends at the bar that it opens or closes. */
const levelAt = (bars: readonly Bar[], y: number) =>
  bars.find(({ from, to }) => from === y || to === y)?.level ?? 0;

const numberOf = ({ exchange }: Arrow) =>
  exchange === undefined
    ? ''
    : exchange <= 20
      ? String.fromCodePoint(0x2460 + exchange - 1)
      : `(${exchange})`;

function labelOf(arrow: Arrow, reader: Reader): string {
  const { what, count, messages, bytes: size } = arrow;
  const known = own(arrowNames, what || 'message');
  const name = known ? say(reader, known) : what;
  const several = count > 1 ? say(reader, phrases.several, { count: String(count), name }) : name;
  const numbered = [numberOf(arrow), several].filter((part) => part !== '').join(' ');
  const carried =
    messages > 1 && messages !== count ? say(reader, phrases.carries, { messages: String(messages) }) : '';
  return [numbered, carried, bytes(size)].filter((part) => part !== '').join(', ');
}

/** The part that fits between the two lines; the description of the picture has the whole label. */
function clipped(label: string): string {
  const space = server - client - 20;
  if (widthOf(label) <= space) return label;
  const kept = Math.floor((space / widthOf(label)) * label.length) - 1;
  return `${label.slice(0, kept)}…`;
}

function arrowOf(arrow: Arrow, y: number, level: number, reader: Reader): string {
  const far = server - barWidth / 2 + level * barStep;
  const [from, to] = arrow.direction === 'up' ? [client, far] : [far, client];
  const back = arrow.direction === 'up' ? -7 : 7;
  const kind = arrow.messages > 0 ? 'arrow carrying' : 'arrow';
  return [
    textElement('text', { class: 'total', x: client - 8, y: y + 4, 'text-anchor': 'end' }, time(arrow.atNs)),
    element('line', { class: kind, x1: from, x2: to, y1: y, y2: y }),
    element('path', { class: kind, d: `M ${to + back} ${y - 4} L ${to} ${y} L ${to + back} ${y + 4}` }),
    textElement(
      'text',
      { x: (client + server) / 2, y: y - 6, 'text-anchor': 'middle' },
      clipped(labelOf(arrow, reader)),
    ),
  ].join('');
}
