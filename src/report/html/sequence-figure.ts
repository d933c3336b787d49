/**
 * One message as a sequence: the client's line on the left, the server's on the right, an arrow for whatever went over
 * the wire from one answer to the next. A bar on the server's line is a question that is open: who waits for whom.
 */
import type { Trial } from '../../metrics/report.ts';
import { breakable } from '../groups.ts';
import { bytes, time } from '../units.ts';
import type { Words } from '../words.ts';
import { element, escaped, scrolling, textElement } from './element.ts';

type Arrow = Trial['sequence'][number];

const width = 388;
const client = 82;
const server = 358;
const rowHeight = 38;
const top = 34;

/** A figure for each transport; nothing where no message came. */
export function sequenceFigures(title: string, trials: readonly Trial[], words: Words): string[] {
  const drawn = trials.filter(({ sequence }) => sequence.length > 0);
  if (drawn.length === 0) return [];
  return [
    textElement('h3', {}, title),
    element('div', { class: 'sequences' }, ...drawn.map((trial) => figure(trial, words))),
    textElement('p', { class: 'note' }, words.say('figure.sequenceLegend')),
  ];
}

function figure({ transport, sequence }: Trial, words: Words): string {
  const height = top + sequence.length * rowHeight + 10;
  const total = sequence.reduce((sum, arrow) => sum + arrow.bytes, 0);
  const caption = words.say('figure.sequence', { transport, bytes: bytes(total) });
  const lines = sequence.map((arrow) => `${arrow.direction === 'up' ? '→' : '←'} ${labelOf(arrow, words)}`);
  return element(
    'figure',
    {},
    element('figcaption', {}, escaped(breakable(caption))),
    scrolling(
      caption,
      element(
        'svg',
        { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${caption}: ${lines.join('; ')}` },
        ...lifeline(client, words.say('figure.client'), height),
        ...lifeline(server, words.say('figure.server'), height),
        ...openQuestions(sequence, height),
        ...sequence.map((arrow, index) => arrowOf(arrow, index, words)),
      ),
    ),
  );
}

const lifeline = (x: number, name: string, height: number) => [
  textElement('text', { x, y: 16, 'text-anchor': 'middle' }, name),
  element('line', { class: 'grid', x1: x, x2: x, y1: 24, y2: height }),
];

const yOf = (index: number) => top + index * rowHeight + 22;

/** From a request to what answers it on the same connection; one that was asked earlier is open from the top. */
function openQuestions(sequence: readonly Arrow[], height: number): string[] {
  const isRequest = ({ direction, what }: Arrow) => direction === 'up' && what.includes(' ');
  const isResponse = ({ direction, what }: Arrow) => direction === 'down' && /^\d/.test(what);
  const openings = sequence.flatMap((arrow, index) => (isRequest(arrow) ? [{ arrow, index }] : []));
  const bars = openings.map(({ arrow, index }) => {
    const answer = sequence.findIndex(
      (other, at) => at > index && isResponse(other) && other.connection === arrow.connection,
    );
    return [yOf(index), answer < 0 ? height : yOf(answer)] as const;
  });
  const before = sequence.flatMap((arrow, index) => {
    const asked = sequence
      .slice(0, index)
      .findLast((other) => other.connection === arrow.connection && (isRequest(other) || isResponse(other)));
    return isResponse(arrow) && !(asked && isRequest(asked)) ? [[24, yOf(index)] as const] : [];
  });
  return [...bars, ...before].map(([from, to]) =>
    element('rect', { class: 'open', x: server - 4, y: from, width: 8, height: Math.max(to - from, 2) }),
  );
}

function labelOf({ what, count, messages, bytes: size }: Arrow, words: Words): string {
  const name = words.find(`sequence.${what || 'message'}`) ?? what;
  const several = count > 1 ? words.say('sequence.several', { count: String(count), name }) : name;
  const carried = messages > 1 ? words.say('sequence.carries', { messages: String(messages) }) : '';
  return [several, carried, bytes(size)].filter((part) => part !== '').join(', ');
}

function arrowOf(arrow: Arrow, index: number, words: Words): string {
  const y = yOf(index);
  const [from, to] = arrow.direction === 'up' ? [client, server - 4] : [server - 4, client];
  const back = arrow.direction === 'up' ? -7 : 7;
  const kind = arrow.messages > 0 ? 'arrow carrying' : 'arrow';
  return [
    textElement('text', { class: 'total', x: client - 8, y: y + 4, 'text-anchor': 'end' }, time(arrow.atNs)),
    element('line', { class: kind, x1: from, x2: to, y1: y, y2: y }),
    element('path', { class: kind, d: `M ${to + back} ${y - 4} L ${to} ${y} L ${to + back} ${y + 4}` }),
    textElement(
      'text',
      { x: (client + server) / 2, y: y - 6, 'text-anchor': 'middle' },
      labelOf(arrow, words),
    ),
  ].join('');
}
