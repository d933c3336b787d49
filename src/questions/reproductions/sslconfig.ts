/**
 * Two reports on nginx 1.13 and 1.15, whose HTTP/2 remembered none of its headers, and on a patch that made it. h2load counted
 * the header blocks of one to four answers.
 */
import { blockBytes, headerBlocks, type WrittenBlock } from './header-blocks.ts';
import type { Reproduced, Reproducing, Reproduction, ReproductionRow } from './reproduction.ts';

/** Twelve fields, as in the answers of the second report, all of them such as nghttp2 remembers. */
const answer = {
  ':status': 200,
  server: 'nginx',
  date: 'Wed, 14 Mar 2018 06:40:11 GMT',
  'content-type': 'text/html; charset=utf-8',
  vary: 'Accept-Encoding',
  'cache-control': 'max-age=0, private, must-revalidate',
  'last-modified': 'Tue, 13 Mar 2018 21:02:55 GMT',
  'accept-ranges': 'bytes',
  'strict-transport-security': 'max-age=15768000; includeSubDomains',
  'x-frame-options': 'SAMEORIGIN',
  'x-xss-protection': '1; mode=block',
  'x-content-type-options': 'nosniff',
};
const fields = Object.keys(answer).length;

const request = { ':path': '/' };
const times = 4;

/** Of the first report without the patch, and with it; of the second. Header bytes of one to four answers together. */
const published = {
  without: [811, 1620, 2432, 3241],
  broken: [750, 751, 750, 750],
  patched: [190, 202, 214, 226],
} as const;

/** How many bytes each further answer adds, on average. */
const furtherOf = ([one, , , four]: readonly [number, number, number, number]) => (four - one) / (times - 1);

const sumOf = (blocks: readonly WrittenBlock[]) => blocks.reduce((sum, block) => sum + blockBytes(block), 0);

async function run({ signal, onStage }: Reproducing): Promise<Reproduced> {
  const answered = async (tableBytes: number) => {
    signal.throwIfAborted();
    onStage(`four answers, a table of ${tableBytes} B`);
    const requests = Array.from({ length: times }, () => request);
    const { answers } = await headerBlocks({ requests, answer, tableBytes });
    const [one] = answers;
    if (!one || answers.length !== times) throw new Error('not every request was answered');
    return { one: blockBytes(one), all: sumOf(answers) };
  };
  const without = await answered(0);
  const patched = await answered(4096);
  const row = (
    en: string,
    ko: string,
    unit: 'exact' | 'bytes',
    figures: Pick<ReproductionRow, 'published' | 'predicted' | 'measured'>,
  ): ReproductionRow => ({ metric: { en, ko }, unit, law: null, tolerance: 0, ...figures });
  const withTable = (patched.one + (times - 1) * fields) / patched.one;
  const further = (patched.all - patched.one) / (times - 1);
  return {
    rows: [
      row('no table: four answers, of one', '표 없음: 응답 넷 ÷ 하나', 'exact', {
        published: published.without[3] / published.without[0],
        predicted: times,
        measured: without.all / without.one,
      }),
      row('table (#91): four answers, of one', '표 있음(#91): 응답 넷 ÷ 하나', 'exact', {
        published: published.broken[3] / published.broken[0],
        predicted: withTable,
        measured: patched.all / patched.one,
      }),
      row('table (#2): each further answer', '표 있음(#2): 그다음 응답 하나', 'bytes', {
        published: furtherOf(published.patched),
        predicted: fields,
        measured: further,
      }),
    ],
    findings: [
      {
        text: {
          en: `With the table a further answer took ${further} B instead of ${without.one}: a byte for each of its ${fields} fields, as in the second report.`,
          ko: `표가 있으면 그다음 응답은 ${without.one} B 대신 ${further} B가 들었습니다. 필드 ${fields}개에 1바이트씩이며 둘째 보고와 같습니다.`,
        },
        holds: further === fields,
      },
      {
        text: {
          en: `Four answers that weigh as much as one, as #91 has it with its patch, are not what a table does: here four weighed ${withTable.toFixed(3)} times as much. Its line says why: 97 B of data, which is one answer; its author saw a browser’s second request fail.`,
          ko: `#91의 패치 뒤 숫자처럼 응답 넷이 하나와 같은 것은 표의 효과가 아닙니다. 여기서 넷은 하나의 ${withTable.toFixed(3)}배였습니다. 까닭은 원문의 줄에 있습니다. 데이터가 97 B, 곧 응답 하나뿐이고, 작성자는 브라우저의 두 번째 요청이 실패했다고 적었습니다.`,
        },
        holds: patched.all > patched.one,
      },
    ],
    doubtful: [],
  };
}

export const sslconfig = {
  name: 'sslconfig',
  title: {
    en: 'What an answer weighs when headers are remembered, and when not',
    ko: '헤더를 기억할 때와 기억하지 않을 때의 응답',
  },
  source:
    'PikachuEXE: github.com/cloudflare/sslconfig/pull/91, 2018-03-14; centminmod: github.com/hakasenyang/openssl-patch/issues/2, 2018-08-16.',
  differs: {
    en: 'They asked nginx, patched and not, with h2load; their headers are not published. Here node:http2 answers with twelve fields of our own that never change, once to a client that allows no table (SETTINGS_HEADER_TABLE_SIZE 0), once to one with 4,096 B. So the first answer is another, and what is compared is what the next ones add. In #91 the date changed between answers.',
    ko: '원문은 패치 전후의 nginx를 h2load로 쟀고 헤더는 공개하지 않았습니다. 여기서는 node:http2가 바뀌지 않는 필드 열둘로 응답합니다. 한 번은 표를 허용하지 않는 클라이언트(SETTINGS_HEADER_TABLE_SIZE 0)에, 한 번은 4,096 B를 허용하는 클라이언트에 보냅니다. 그래서 첫 응답의 크기는 다르며, 그다음 응답이 더하는 것을 비교합니다. #91에서는 응답 사이에 날짜가 바뀌었습니다.',
  },
  seconds: 1,
  run,
} satisfies Reproduction;
