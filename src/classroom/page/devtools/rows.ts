/**
 * The relay's figures beside those of DevTools: a table with a row for each of the Network panel's, and below it the
 * chosen one, portion by portion, with its frames or events.
 */
import { type Phrase, text } from '../../../base/text.ts';
import { bodyOf, element, rowHead, scrolled, setText, speak, tableOf } from '../element.ts';
import { languageNow, number, tell } from '../page-reader.ts';
import type { PanelPiece, PanelRow } from './figures-talk.ts';

const heads = {
  rows: [
    text('Name', '이름'),
    text('Method', '메서드'),
    text('Status', '상태'),
    text('Size in DevTools', 'DevTools의 Size'),
    text('To the server', '서버로'),
    text('To the browser', '브라우저로'),
    text('Not in Size', 'Size에 없음'),
  ],
  lines: [
    text('Bytes of', '바이트의 종류'),
    text('to the server', '서버로'),
    text('to the browser', '브라우저로'),
    text('DevTools counts them in', 'DevTools에서 세는 곳'),
    text('Where they are seen', '보이는 곳'),
  ],
  frames: [
    text('Frame', '프레임'),
    text('Length in DevTools', 'DevTools의 Length'),
    text('on the wire', '실제 전송'),
  ],
  events: [
    text('Chunk of the stream', '스트림의 청크'),
    text('data of its event', '이벤트의 데이터'),
    text('on the wire', '실제 전송'),
  ],
} satisfies Readonly<Record<string, readonly Phrase[]>>;

const texts = {
  rows: text('What the relay counted', '릴레이가 센 바이트'),
  shown: text('The newest {shown} of {all} rows.', '{all}개 줄 가운데 가장 새로운 {shown}개입니다.'),
  pending: text('pending', '대기 중'),
  nowhere: text('nothing', '없음'),
  noRow: text('no row', '줄 없음'),
  up: text('to the server', '서버로'),
  down: text('to the browser', '브라우저로'),
  sum: text(
    '{counted} B in Size + {left} B not in it = {all} B that the relay counted.',
    'Size의 {counted} B + Size에 없는 {left} B = 릴레이가 센 {all} B입니다.',
  ),
  pieces: text('The newest {shown} of {all}:', '{all}개 가운데 가장 새로운 {shown}개:'),
};

export function createRows() {
  const body = element('tbody');
  const shown = element('p', { class: 'note' });
  const detail = element('div', { class: 'detail' });
  const drawn = new Map<number, ReturnType<typeof drawRow>>();
  let rows: readonly PanelRow[] = [];
  let chosen: number | null = null;
  let told = '';
  const draw = () => {
    const row = rows.find((one) => one.number === chosen) ?? newestOf(rows);
    for (const [one, { choose }] of drawn) choose.setAttribute('aria-pressed', String(one === row?.number));
    // Built anew only if something has changed: a reader who moves through it by keyboard would lose the place.
    const now = JSON.stringify([row, languageNow()]);
    if (now === told) return;
    told = now;
    detail.replaceChildren(...(row ? detailOf(row) : []));
  };
  const renew = () => {
    for (const row of rows) drawn.get(row.number)?.update(row);
    draw();
  };
  const keep = (now: readonly PanelRow[]) => {
    for (const [one, { root }] of drawn)
      if (!now.some(({ number }) => number === one)) {
        root.remove();
        drawn.delete(one);
      }
    for (const row of now.filter(({ number }) => !drawn.has(number))) {
      const onChoose = () => {
        chosen = row.number;
        draw();
      };
      const fresh = drawRow(row, onChoose);
      drawn.set(row.number, fresh);
      body.append(fresh.root);
    }
  };
  return {
    root: element(
      'section',
      { class: 'figures' },
      element('h2', { id: 'relay-rows', phrase: texts.rows }),
      scrolled(namedBy('relay-rows'), tableOf({ class: 'rows' }, heads.rows, body)),
      shown,
      detail,
    ),
    take(now: readonly PanelRow[], inAll: number) {
      rows = now;
      keep(now);
      speak(shown, () =>
        inAll > now.length ? tell(texts.shown, { shown: number(now.length), all: number(inAll) }) : '',
      );
      renew();
    },
    renewed: renew,
  };
}

/** The row that is shown until the user chooses one: frames or events, else something that was sent. */
const newestOf = (rows: readonly PanelRow[]): PanelRow | undefined =>
  rows.findLast(({ pieceKind }) => pieceKind !== null) ??
  rows.findLast(({ method }) => method === 'POST') ??
  rows.at(-1);

/** As the Name column writes it: without the first slash, and shortened. */
const nameOf = ({ target }: PanelRow): string =>
  target.length > 70 ? `${target.slice(1, 68)}…` : target.slice(1);

function drawRow(row: PanelRow, onChoose: () => void) {
  const choose = element('button', { text: nameOf(row), attributes: { type: 'button' } });
  choose.addEventListener('click', onChoose);
  const cells = Array.from({ length: heads.rows.length - 1 }, () => element('td'));
  const root = element(
    'tr',
    { attributes: { 'data-row': String(row.number) } },
    rowHead({}, choose),
    ...cells,
  );
  return {
    root,
    choose,
    update({ method, status, size, up, down }: PanelRow) {
      const status_ = status === null ? tell(texts.pending) : String(status);
      const said = [method, status_, bytes(size), bytes(up), bytes(down), bytes(up + down - size)];
      for (const [index, cell] of cells.entries()) setText(cell, said[index] ?? '');
    },
  };
}

const bytes = (count: number): string => `${number(count)} B`;

function detailOf(row: PanelRow): HTMLElement[] {
  const all = row.up + row.down;
  const sum = () =>
    tell(texts.sum, { counted: number(row.size), left: number(all - row.size), all: number(all) });
  const lines = row.lines.map(({ name, up, down, counted, where }) =>
    element(
      'tr',
      {},
      rowHead({ phrase: name }),
      element('td', { text: bytes(up) }),
      element('td', { text: bytes(down) }),
      element('td', { class: counted ? 'counted' : 'left-out', phrase: counted ?? texts.nowhere }),
      element('td', { phrase: where }),
    ),
  );
  return [
    element('h3', { id: 'chosen-row', text: `${row.method} ${nameOf(row)}` }),
    element('p', { class: 'cost', phrase: sum }),
    ...(row.pieces.length > 0 ? piecesOf(row) : []),
    scrolled(namedBy('chosen-row'), tableOf({ class: 'portions' }, heads.lines, bodyOf(lines))),
  ];
}

function piecesOf({ pieces, piecesInAll, pieceKind }: PanelRow): HTMLElement[] {
  const told = () => tell(texts.pieces, { shown: number(pieces.length), all: number(piecesInAll) });
  const caption = element('p', { class: 'note', id: 'chosen-pieces', phrase: told });
  const head = pieceKind === 'frame' ? heads.frames : heads.events;
  const table = tableOf({ class: 'pieces' }, head, bodyOf(pieces.map(pieceRow)));
  return [caption, scrolled(namedBy('chosen-pieces'), table)];
}

const pieceRow = ({ direction, shown, bytes: onWire }: PanelPiece) =>
  element(
    'tr',
    {},
    rowHead({ phrase: texts[direction] }),
    shown === null ? element('td', { phrase: texts.noRow }) : element('td', { text: number(shown) }),
    element('td', { text: bytes(onWire) }),
  );

/** Makes a screen reader call a table by its heading. */
const namedBy = (heading: string) => ({ attributes: { 'aria-labelledby': heading } });
