/** RFC 7541, appendix C: three requests over one connection, with and without Huffman's code, as another encoder writes them. */
import { huffmanBytes } from '../../protocols/http2/hpack/huffman.ts';
import { blockBytes, headerBlocks, plainBytes } from './header-blocks.ts';
import type { Reproduced, Reproducing, Reproduction, ReproductionRow } from './reproduction.ts';

const site = { ':method': 'GET', ':scheme': 'http', ':path': '/', ':authority': 'www.example.com' };

/** What is asked, its published sizes, and of what it consists: so many indices, and one field with these strings. */
const cases = [
  { headers: site, plain: 20, huffman: 17, indices: 3, strings: ['www.example.com'] },
  {
    headers: { ...site, 'cache-control': 'no-cache' },
    plain: 14,
    huffman: 12,
    indices: 4,
    strings: ['no-cache'],
  },
  {
    headers: { ...site, ':scheme': 'https', ':path': '/index.html', 'custom-key': 'custom-value' },
    plain: 29,
    huffman: 24,
    indices: 4,
    strings: ['custom-key', 'custom-value'],
  },
];

/** An index takes a byte (§6.1), the field another (§6.2.1), each string its length and itself (§5.2). */
const byArithmetic = (
  { indices, strings }: Pick<(typeof cases)[number], 'indices' | 'strings'>,
  stringBytes: (text: string) => number,
): number => strings.reduce((sum, one) => sum + 1 + stringBytes(one), indices + 1);

async function run({ signal, onStage }: Reproducing): Promise<Reproduced> {
  signal.throwIfAborted();
  onStage('three requests');
  const { requests } = await headerBlocks({
    requests: cases.map(({ headers }) => headers),
    answer: { ':status': 200 },
  });
  const row = (
    [section, en, ko]: readonly [section: string, en: string, ko: string],
    published: number,
    predicted: number,
    measured: number | null,
  ): ReproductionRow => ({
    metric: { en: `${section}: ${en}`, ko: `${section}: ${ko}` },
    unit: 'bytes',
    law: null,
    tolerance: 0,
    published,
    predicted,
    measured,
  });
  const rows = [
    ...cases.map((one, index) => {
      const block = requests[index];
      const name = [`C.3.${index + 1}`, 'without Huffman’s code', '허프만 부호 없이'] as const;
      return row(
        name,
        one.plain,
        byArithmetic(one, ({ length }) => length),
        block ? plainBytes(block) : null,
      );
    }),
    ...cases.map((one, index) => {
      const block = requests[index];
      const name = [`C.4.${index + 1}`, 'with it', '허프만 부호로'] as const;
      return row(name, one.huffman, byArithmetic(one, huffmanBytes), block ? blockBytes(block) : null);
    }),
  ];
  return {
    rows,
    findings: [
      {
        text: {
          en: 'nghttp2, which knows nothing of the example, makes the same choice for each field as the RFC: an index where the table has it, else a string that is remembered.',
          ko: 'RFC의 예를 모르는 nghttp2가 필드마다 RFC와 같은 방법을 골랐습니다. 표에 있으면 번호를, 없으면 문자열을 보내고 기억합니다.',
        },
        holds: rows.every(({ published, measured }) => published === measured),
      },
    ],
    doubtful: [],
  };
}

export const rfc7541 = {
  name: 'rfc7541',
  title: { en: 'Three requests in 53 bytes of headers', ko: '요청 셋의 헤더가 53바이트' },
  source:
    'R. Peon, H. Ruellan: HPACK: Header Compression for HTTP/2 (RFC 7541), appendices C.3 and C.4, 2015.',
  differs: {
    en: 'The RFC writes the blocks out by hand; here node:http2 (the library nghttp2) asks the same three things over a real connection, and its blocks are read on the wire. It codes every string that gets shorter by that, so C.3 is what its blocks would weigh with their strings written plainly.',
    ko: 'RFC는 블록을 손으로 적어 보입니다. 여기서는 node:http2(nghttp2 라이브러리)가 같은 요청 셋을 실제 연결로 보내고, 그 블록을 전송된 바이트에서 읽습니다. nghttp2는 짧아지는 문자열을 모두 허프만 부호로 적으므로, C.3은 그 문자열을 그대로 적었을 때의 크기입니다.',
  },
  seconds: 1,
  run,
} satisfies Reproduction;
