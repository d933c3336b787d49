/**
 * The matrix of what proxies do to transports: a table for each proxy, a column for each configuration, and remedies
 * below.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { ProbedProxy } from '../../../questions/passage/configuration-passage.ts';
import type { Block } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { passageRows } from './passage-rows.ts';
import { vendorBlocks, vendorStatements } from './vendor-statements.ts';

export const passageTitle = text('What proxies do to transports', '프록시가 전송 방식에 하는 일');

const phrases = {
  how: text(
    'Each configuration was started before a small server and asked by probes: an event stream of 108 B events (three alone, then 600 in a row), a poll, upgrades, ends. Times are of this machine; “at once” is within 60 ms.',
    '설정마다 작은 서버 앞에 프록시를 시작하고 탐침으로 물었습니다: 108 B 이벤트 스트림(따로 3개, 이어서 600개), 폴, 업그레이드, 여러 가지 끝. 시간은 이 컴퓨터의 것이고 “바로”는 60 ms 이내입니다.',
  ),
  remedies: text(
    '“→” is what helps, or was to help: a line of the configuration (measured in the configuration in brackets), or what the application does.',
    '“→”는 대책입니다: 설정에 쓸 줄(괄호 안의 설정에서 잰 값)이나 애플리케이션이 할 일입니다.',
  ),
  where: text(
    'Measured with Node {node}, {platform} {arch}.',
    'Node {node}, {platform} {arch}에서 쟀습니다.',
  ),
  asked: text('what is asked', '물은 것'),
  named: text('{name} {version}', '{name} {version}'),
  missing: text(
    'Not installed here, so not probed: {names}.',
    '여기에 설치되어 있지 않아 묻지 못함: {names}.',
  ),
};

export interface Passages {
  readonly environment: { readonly node: string; readonly platform: string; readonly arch: string };
  readonly proxies: readonly ProbedProxy[];
  /** Names of the proxies that are not installed. */
  readonly missing: readonly string[];
}

export function passageBlocks({ environment, proxies, missing }: Passages, reader: Reader): Block[] {
  const paragraph = (words: string) => ({ kind: 'paragraph', text: words }) as const;
  return [
    { kind: 'heading', text: say(reader, passageTitle) },
    paragraph(`${say(reader, phrases.how)} ${say(reader, phrases.where, environment)}`),
    paragraph(say(reader, phrases.remedies)),
    ...gathered(proxies, ({ name }) => name).map((same) => tableOf(same, proxies, reader)),
    ...(missing.length > 0 ? [paragraph(say(reader, phrases.missing, { names: missing.join(', ') }))] : []),
    ...vendorBlocks(reader),
  ];
}

const tableOf = (
  same: readonly [ProbedProxy, ...ProbedProxy[]],
  all: readonly ProbedProxy[],
  reader: Reader,
): Block => ({
  kind: 'table',
  table: {
    title: say(reader, phrases.named, same[0]),
    notes: [],
    shape: 'prose',
    head: [say(reader, phrases.asked), ...same.map(({ flavour }) => flavour)],
    align: ['left', ...same.map(() => 'left' as const)],
    rows: passageRows(same, all, reader),
  },
});

export const proxiesDocument = (passages: Passages) => ({
  schemaVersion: 2,
  kind: 'proxies',
  ...passages,
  notMeasured: vendorStatements.map(({ product, about, states, address, read }) => ({
    product,
    about: about.en,
    states: states.en,
    address,
    read,
  })),
});
