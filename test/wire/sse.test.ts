import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventStream } from '../../src/protocols/sse/sse.ts';
import { alone, sumOf, tell, tellEveryWay } from '../support/bytes.ts';

const stream = (text: string) => tellEveryWay(alone(eventStream), [['down', text]]).down;
const payloadOf = (spans: readonly string[]) => sumOf(spans, /payload/);

test('WHATWG HTML §9.2.6: YHOO, +2, 10 is one event whose newlines are data', () => {
  expect(stream('data: YHOO\ndata: +2\ndata: 10\n\n')).toEqual([
    '* sse data 6',
    '* payload message 5',
    '- sse data 6',
    '+ payload message 3',
    '- sse data 6',
    '+ payload message 2',
    '- sse line-end 1',
    '- sse dispatch 1',
  ]);
});

test('WHATWG HTML §9.2.6: a comment, two events with data and ids, one without a value', () => {
  const text = ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n';
  expect(stream(text)).toEqual([
    '* sse comment 14',
    '- sse dispatch 1',
    '* sse data 6',
    '* payload message 11',
    '- sse line-end 1',
    '- sse id 6',
    '- sse dispatch 1',
    '* sse data 5',
    '* payload message 12',
    '- sse line-end 1',
    '- sse id 3',
    '- sse dispatch 1',
    '* sse data 6',
    '* payload message 12',
    '- sse line-end 1',
    '- sse dispatch 1',
  ]);
});

test('WHATWG HTML §9.2.6: an empty data line is an empty message, two are a newline', () => {
  expect(stream('data\n\ndata\ndata\n\n')).toEqual([
    '* sse data 4',
    '* payload message 0',
    '- sse line-end 1',
    '- sse dispatch 1',
    '* sse data 4',
    '* payload message 1',
    '- sse data 4',
    '+ payload message 0',
    '- sse line-end 1',
    '- sse dispatch 1',
  ]);
});

test('WHATWG HTML §9.2.6: an event that the end of the stream cuts off is not dispatched', () => {
  const told = tellEveryWay(alone(eventStream), [['down', 'data: a\n']], 'open');
  expect(told.down).toEqual([
    '* sse data 6',
    '* payload message 1',
    '- sse line-end 1',
    '- sse unfinished 0',
  ]);
  const torn = tellEveryWay(alone(eventStream), [['down', 'data: a\ndata: b']], 'open');
  expect(torn.down.slice(-3)).toEqual(['- sse line-end 1', '- sse unfinished-line 7', '- sse unfinished 0']);
  // Only an event that has data, or would have had it, is one that a page does not get.
  const ends = (text: string) => tellEveryWay(alone(eventStream), [['down', text]], 'open').down.slice(-2);
  expect(ends('data: a\nid: 1')).toEqual(['- sse unfinished-line 5', '- sse unfinished 0']);
  expect(ends('data: a')).toEqual(['* sse unfinished-line 7', '- sse unfinished 0']);
  expect(ends('id: 1')).toEqual(['* sse unfinished-line 5']);
  expect(ends('event: x\nid: 1')).toEqual(['* sse event 9', '- sse unfinished-line 5']);
});

test('SSE2: id, event and retry add their line, and an event without data is no message', () => {
  expect(stream('id: 12\nevent: tick\ndata: x\n\nretry: 10\n\nfoo: bar\n\n')).toEqual([
    '* sse id 7',
    '- sse event 12',
    '- sse data 6',
    '* payload message 1',
    '- sse line-end 1',
    '- sse dispatch 1',
    '* sse retry 10',
    '- sse dispatch 1',
    '* sse ignored 9',
    '- sse dispatch 1',
  ]);
});

test('lines may end in CR, LF or CRLF, and one byte of the end joins two data lines', () => {
  for (const end of ['\r', '\n', '\r\n']) {
    const text = `data: a${end}: between${end}data: b${end}${end}`;
    const { down } = tellEveryWay(alone(eventStream), [['down', `${text}: more\n`]]);
    expect(payloadOf(down)).toBe(3);
    expect(sumOf(down, /sse line-end/)).toBe(end.length * 2);
    expect(sumOf(down, /sse comment/)).toBe(9 + end.length - 1 + 7);
  }
});

test('a comment is its own unit: the event that follows it still begins with its first field', () => {
  const before = stream(': beat\ndata: x\n\n');
  expect(before.slice(0, 2)).toEqual(['* sse comment 7', '* sse data 6']);
  // Also between the fields of an event.
  expect(stream('event: a\n: beat\ndata: x\n\n').slice(0, 3)).toEqual([
    '* sse event 9',
    '* sse comment 7',
    '- sse data 6',
  ]);
});

test('a byte order mark before the first line belongs to no field', () => {
  expect(stream('\ufeffdata: x\n\n').slice(0, 2)).toEqual(['- sse byte-order-mark 3', '* sse data 6']);
});

test('an event of type binary carries base64: three quarters are payload', () => {
  expect(stream('id: 1\nevent: binary\ndata: AQIDBA==\n\n').slice(2)).toEqual([
    '- sse data 6',
    '* payload message 4',
    '* encoding base64 4',
    '- sse line-end 1',
    '- sse dispatch 1',
  ]);
});

test('an event of type json carries a JSON string: its quotes and escapes are encoding', () => {
  expect(stream('event: json\ndata: "a\\rb"\n\n').slice(1)).toEqual([
    '- sse data 6',
    '* encoding json-escape 1',
    '* payload message 1',
    '+ encoding json-escape 1',
    '+ payload message 2',
    '+ encoding json-escape 1',
    '- sse line-end 1',
    '- sse dispatch 1',
  ]);
});

test('a value that is not what its type says is payload as it stands', () => {
  expect(payloadOf(stream('event: binary\ndata: not base64!\n\n'))).toBe(11);
  expect(payloadOf(stream('event: json\ndata: "open\n\n'))).toBe(5);
});

test('SSE2 and SSE4: any text costs 8 bytes an event and 6 a newline, as eventsource-parser reads it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', ':', 'é', '\n', '😀'), maxLength: 40 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (messages) => {
      const wire = messages.map((message) => `${message.replace(/^/gm, 'data: ')}\n\n`).join('');
      const seen: string[] = [];
      createParser({ onEvent: ({ data }) => seen.push(data) }).feed(wire);
      expect(seen).toEqual(messages);
      const { down } = tell(alone(eventStream), [['down', wire]]);
      expect(payloadOf(down)).toBe(Buffer.byteLength(messages.join('')));
      expect(down.filter((span) => span.startsWith('* payload'))).toHaveLength(messages.length);
      const newlines = messages.join('').split('\n').length - 1;
      expect(sumOf(down, / sse /)).toBe(8 * messages.length + 6 * newlines);
    }),
  );
});
