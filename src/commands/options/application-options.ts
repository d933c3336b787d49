/** What `recommend` is told of an application: what it sends, how much, how soon it must arrive, and through what. */
import { text } from '../../base/text.ts';
import { maxMessageBytes } from '../../protocols/contract.ts';
import { usualTail } from '../../questions/recommendation/assumptions.ts';
import { howToMeasure } from './run-options.ts';
import { option, parseDuration, parseHeartbeat, parsePositive, parseWhole } from './values.ts';

/** Options that `recommend` shares with `run`. */
const asInRun: readonly string[] = ['--proxy', '--headers', '--cookie', '--heartbeat'];

/** What the application sends, how much, and how soon it must arrive. */
export const traffic = () => [
  option(
    '--rate <n>',
    text(
      'messages per second and client, in each direction that is used',
      '쓰이는 방향마다 클라이언트당 초당 메시지 수',
    ),
  )
    .argParser(parsePositive(100_000))
    .default(1),
  option(
    '--rate-up <n>',
    text('the same up, where it is another', '보내는 쪽의 수가 다를 때, 초당 메시지 수'),
  ).argParser(parsePositive(100_000)),
  option('--direction <way>', text('who speaks', '보내는 방향'))
    .choices(['up', 'down', 'both'])
    .default('down'),
  option('--clients <n>', text('how many', '클라이언트 수'))
    .argParser(parseWhole(1, 10_000_000))
    .default(100),
  option('--servers <n>', text('how many servers share them', '클라이언트를 나누는 서버 수'))
    .argParser(parseWhole(1, 10_000))
    .default(1),
  option('--size <bytes>', text('payload of a message', '메시지 페이로드의 크기'))
    .argParser(parseWhole(1, maxMessageBytes))
    .default(100),
  option('--rtt <time>', text('round trip between client and server', '클라이언트와 서버 사이의 왕복 시간'))
    .argParser(parseDuration)
    .default(40, '40ms'),
  option(
    '--poll-interval <time>',
    text(
      'how often polling would ask; default: as rarely as --within allows',
      '폴링이 요청할 간격. 기본값: --within을 지키는 가장 긴 간격',
    ),
  ).argParser(parseDuration),
  option('--within <time>', text('how late a message may be at most', '메시지가 늦어도 되는 최대 시간'))
    .argParser(parseDuration)
    .default(1000, '1s'),
  option('--binary', text('messages are bytes, not text', '메시지가 텍스트가 아니라 바이너리 데이터')),
];

/** What lies between its clients and its server. */
export const surroundings = () => [
  ...howToMeasure().filter(({ long }) => asInRun.includes(long ?? '')),
  option(
    '--streams <how>',
    text(
      'whether a response that does not end passes at once; default: as --proxy suggests',
      '끝나지 않는 응답이 바로 통과하는지. 기본값: --proxy에 따름',
    ),
  ).choices(['pass', 'held']),
  option(
    '--tcp <headers>',
    text('TCP/IP headers: 52 B, 40 B, or not counted', 'TCP/IP 헤더: 52 B, 40 B, 세지 않음'),
  )
    .choices(['timestamps', 'plain', 'none'])
    .default('timestamps'),
  option('--over <protocol>', text('HTTP/1.1 (http) or HTTP/2 (h2)', 'HTTP/1.1(http) 또는 HTTP/2(h2)'))
    .choices(['http', 'h2'])
    .default('http'),
  option('--tls <version>', text('TLS, as an estimate', 'TLS(추정)')).choices(['1.3', 'none']).default('1.3'),
  option(
    '--radio-tail <time>',
    text(
      'how long a mobile radio stays up after a packet: none, or a time',
      '패킷 뒤에 휴대전화의 무선이 켜져 있는 시간: none 또는 시간',
    ),
  )
    .argParser(parseHeartbeat)
    .default(usualTail),
];
