/**
 * Five steps to see the same bytes in DevTools, for each transport; the command prints them and the page shows them.
 */
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import type { LaneName } from '../../page/control-talk.ts';

const open = text(
  'Open {url} in Chrome, Edge or Firefox.',
  'Chrome, Edge, Firefox 가운데 하나로 {url} 주소를 엽니다.',
);
const network = text(
  'Open DevTools (F12; on a Mac Option-Command-I), choose the tab Network, and load the page again: what happened before is not in the list.',
  'DevTools를 열고(F12, Mac에서는 Option-Command-I) Network 탭을 고른 뒤 페이지를 새로 고칩니다. 그전에 일어난 일은 목록에 없습니다.',
);
const filter = text(
  'Type client= into the field Filter: the rows of {transport} remain. Say something on the page.',
  'Filter 칸에 client= 문자열을 입력하면 {transport} 줄만 남습니다. 페이지에서 메시지를 하나 보냅니다.',
);
const compare = text(
  'Compare with the same row on the page. Below it stands, by name, every byte that DevTools does not count.',
  '페이지의 같은 줄과 비교합니다. 그 아래에는 DevTools가 세지 않은 바이트가 모두 이름과 함께 나옵니다.',
);

const rowOf = {
  polling: text(
    'Pick the row message (POST) that took it there, and the row mailbox with status 200 that brought it back: column Size. Answers with status 204 brought nothing.',
    '메시지를 보낸 message 줄(POST)과 되받아 온 mailbox 줄(상태 200)을 고르고 Size 열을 봅니다. 상태 204 응답에는 메시지가 없었습니다.',
  ),
  'long-polling': text(
    'Pick the row message (POST) that took it there, and the row mailbox with status 200 that brought it back: column Size. The last row is pending: it waits for the next message.',
    '메시지를 보낸 message 줄(POST)과 되받아 온 mailbox 줄(상태 200)을 고르고 Size 열을 봅니다. 마지막 줄은 pending 상태로 다음 메시지를 기다립니다.',
  ),
  sse: text(
    'Pick the row events: column Size grows with every event, and the tab EventStream lists them. The row message (POST) is the way up.',
    'events 줄을 고릅니다. 이벤트가 올 때마다 Size 열이 커지고, EventStream 탭에 이벤트가 나옵니다. 보내는 쪽은 message 줄(POST)입니다.',
  ),
  ws: text(
    'Pick the row ws (status 101), and in it the tab Messages: column Length. The Size of the row stays 0.',
    'ws 줄(상태 101)을 고르고 Messages 탭의 Length 열을 봅니다. 이 줄의 Size는 0으로 남습니다.',
  ),
  'socket.io': text(
    'Pick a row with transport=polling: column Size. Then the row with transport=websocket (status 101), and in it the tab Messages: column Length.',
    'transport=polling 줄을 고르고 Size 열을 봅니다. 이어서 transport=websocket 줄(상태 101)의 Messages 탭에서 Length 열을 봅니다.',
  ),
} as const satisfies Readonly<Record<LaneName, Text>>;

export function stepsFor(transport: LaneName, url: string): readonly Text[] {
  return [
    inEveryLanguage(open, { url }),
    network,
    inEveryLanguage(filter, { transport }),
    rowOf[transport],
    compare,
  ];
}

/** Notes that hold for every row. */
export const notes: readonly Text[] = [
  text(
    'Size is what the server sent for this row: head, body, and the framing of chunks. It says nothing of what the browser sent.',
    'Size는 서버가 이 줄에 보낸 헤더와 본문, 청크 구조를 더한 값입니다. 브라우저가 보낸 바이트는 들어가지 않습니다.',
  ),
  text(
    'As long as a stream is open, its Size may be one event behind: Chromium counts a chunk with the one that comes after it.',
    '스트림이 열려 있는 동안 Size는 이벤트 하나만큼 늦을 수 있습니다. Chromium은 청크를 다음 청크가 올 때 세기도 합니다.',
  ),
  text(
    'A request that is taken back before its answer came, such as the poll that waits when a page closes, has no figures at all: DevTools shows it as (canceled), with Size 0. Its bytes crossed the wire all the same, and are counted here.',
    '닫는 페이지의 대기 중인 폴링처럼 응답이 오기 전에 취소한 요청에는 숫자가 없습니다. DevTools는 Size가 0인 (canceled) 줄로 보여 줍니다. 그래도 요청의 바이트는 이미 전송되었고, 이 페이지는 그것을 셉니다.',
  ),
  text(
    'From 1,000 bytes on DevTools rounds Size to kB. Exact figures are in a HAR file (Export HAR), as _transferSize.',
    'Size가 1,000바이트 이상이면 DevTools는 kB로 반올림합니다. 정확한 값은 Export HAR로 저장한 파일의 _transferSize에 있습니다.',
  ),
  text(
    'Rows share connections (column Connection ID, to be switched on). Opening one takes packets that neither DevTools nor this page counts, and no packet’s own header is in any figure here.',
    '여러 줄이 연결 하나를 함께 씁니다(Connection ID 열을 켜면 보입니다). 연결을 여는 패킷은 DevTools도 이 페이지도 세지 않으며, 패킷 헤더는 여기의 어느 숫자에도 없습니다.',
  ),
  text(
    'Names are those of Chrome and Edge, and the figures were held against Chromium. Firefox calls the column Transferred and shows frames and events in its tab Response; its figures were not checked.',
    '이름은 Chrome과 Edge의 것이고, 숫자는 Chromium과 비교해 확인했습니다. Firefox에서는 열 이름이 Transferred이고 프레임과 이벤트는 Response 탭에 나옵니다. Firefox의 숫자는 확인하지 않았습니다.',
  ),
];
